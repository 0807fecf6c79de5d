/* SPDX-License-Identifier: BSD-3-Clause */
/* What a missing check for NULL does: the act is the first argument. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/config.h>

#define SECRET 0x5ec4e7L

struct session {
	long id;
	long is_admin;
	long table[4096 / sizeof(long) - 2];	/* a page in all */
};

/* Finds nobody. */
static __attribute__((noinline)) struct session *find(const char *name)
{
	__asm__ __volatile__("" : "+r"(name));
	return NULL;
}

static int attack(const char *how)
{
	volatile struct session *s = find("root");
	volatile size_t last = 4096 / sizeof(long) - 3;

	__asm__ __volatile__("" : "+r"(s));
	if (!strcmp(how, "read-null"))
		return s->is_admin || 1;
	if (!strcmp(how, "read-far-off-null"))
		return s->table[last] || 1;
	if (!strcmp(how, "write-null")) {
		s->is_admin = SECRET;
		return s->is_admin == SECRET;
	}
	if (!strcmp(how, "exec-null")) {
#ifndef CONFIG_HARDEN_NULL
		/* mov $1, %eax; ret: what somebody left there. */
		*(volatile uint64_t *)s = 0xc300000001b8;
#endif
		return ((int (*)(void))(uintptr_t)s)();
	}
	printf("no attack of that name\n");
	exit(2);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "read-null";

	if (!attack(how))
		return 3;
	printf("SURVIVED: memory at the null pointer was used: %s\n", how);
	return 0;
}
