/* SPDX-License-Identifier: BSD-3-Clause */
/* Who runs when between the platform and the end of an image. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/init.h>
#include <uk/print.h>

static char seen[128];

static void note(const char *what)
{
	strcat(strcat(seen, what), " ");
}

#define INIT(fn) static int fn(void) { note(#fn); return 0; }
INIT(late)
INIT(last_lib)
INIT(lib)
INIT(bus)
INIT(early)
uk_late_initcall(late);
uk_lib_initcall_prio(last_lib, 9);
uk_lib_initcall(lib);
uk_bus_initcall(bus);
uk_early_initcall(early);

__attribute__((constructor(200))) static void second(void)
{
	note("second");
}

__attribute__((constructor(101))) static void first(void)
{
	note("first");
}

static __thread int counter = 42;
static __thread char zero[100];

__attribute__((destructor)) static void at_end(void)
{
	uk_print_raw("destructor\n");
}

/* Sealed before main: a write to it must not come back. */
static int sealed UK_RO_AFTER_INIT = 1;

int main(int argc, char **argv)
{
	int sum = 0;

	printf("order: %s\n", seen);
	for (unsigned int i = 0; i < sizeof(zero); i++)
		sum += zero[i];
	printf("tls: %d %d\n", counter++, sum);
	printf("info: %d\n", uk_boot_info() != NULL);
	if (argc > 1 && !strcmp(argv[1], "exit"))
		exit(7);
	if (argc > 1 && !strcmp(argv[1], "sealed")) {
		*(volatile int *)&sealed = 2;
		puts("written");
	}
	return 9;
}
