/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that an attacker brings along, in each place that he can write to, and
 * changes to what he must not. The case is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/init.h>
#include <uk/param.h>
#include <uk/selftest.h>
#include <uk/vm.h>

#define MAGIC 1337

typedef int (*code)(void);

/* Position-independent: works wherever its bytes are copied to. */
static UK_NOINLINE UK_NO_STACK_PROTECTOR int payload(void)
{
	return MAGIC;
}

/* The function, the constant and the sealed variable under attack. */
static UK_NOINLINE UK_NO_STACK_PROTECTOR int answer(void)
{
	int one = 1;

	__asm__ __volatile__(".skip 64, 0x90" : "+r"(one));
	return one;
}

static const int constant = 1;
static int sealed UK_RO_AFTER_INIT = 1;

static unsigned char in_data[64] = { 1 };
static unsigned char in_bss[64];
/* mov $1337, %eax; ret */
static const unsigned char in_rodata[] = {
	0xb8, 0x39, 0x05, 0, 0, 0xc3
};

static void plant(void *at)
{
	const volatile unsigned char *from = (unsigned char *)payload;

	for (int i = 0; i < 32; i++)
		((volatile unsigned char *)at)[i] = from[i];
}

static int run(const volatile void *at)
{
	return ((code)(uintptr_t)at)() == MAGIC;
}

static int run_planted(void *at)
{
	plant(at);
	return run(at);
}

static int overwrite(const void *at)
{
	volatile int *p = (int *)(uintptr_t)at;
	int was, is;

	__asm__ __volatile__("" : "+r"(p));
	was = *p;
	*p = MAGIC;
	is = *p;
	*p = was;	/* the end of the image calls its destructors */
	return is == MAGIC;
}

/* Where the CPU finds its tables: it is asked, as an attacker would. */
struct table {
	uint16_t limit;
	uintptr_t base;
} UK_PACKED;

static const void *idt_entry(unsigned int vector)
{
	struct table t;

	__asm__ __volatile__("sidt %0" : "=m"(t));
	return (const void *)(t.base + 16 * vector);
}

static const void *gdt_entry(unsigned int nr)
{
	struct table t;

	__asm__ __volatile__("sgdt %0" : "=m"(t));
	return (const void *)(t.base + 8 * nr);
}

static __attribute__((constructor)) void in_ctor_table(void)
{
	__asm__ __volatile__("");
}

static __attribute__((destructor)) void in_dtor_table(void)
{
	__asm__ __volatile__("");
}

static int stopped(const char *how)
{
	printf("STOPPED: %s\n", how);
	exit(1);
}

static int map_wx(void)
{
	void *p = uk_vm_alloc("attack", UK_PAGE_SIZE,
			      UK_MEM_R | UK_MEM_W | UK_MEM_X, 0);

	return p ? run_planted(p) : stopped("no such memory is handed out");
}

/* All rights for the page of `at`, please. */
static void ask_rights(const volatile void *at)
{
	uintptr_t page = UK_ALIGN_DOWN((uintptr_t)at, UK_PAGE_SIZE);

	if (uk_vm_protect((void *)page, UK_PAGE_SIZE,
			  UK_MEM_R | UK_MEM_W | UK_MEM_X))
		stopped("memory stays what it is");
}

static int protect(const char *what)
{
	unsigned char in_stack[64];
	void *pages = NULL;

	if (!strcmp(what, "text")) {
		ask_rights((const void *)answer);
		ask_rights((const char *)answer + 64);
		plant((void *)answer);
		return answer() == MAGIC;
	}
	if (!strcmp(what, "rodata")) {
		ask_rights(&constant);
		return overwrite(&constant);
	}
	if (!strcmp(what, "data"))
		pages = in_data;
	else if (!strcmp(what, "stack"))
		pages = in_stack;
	else if (!strcmp(what, "pages"))
		pages = uk_vm_alloc("attack", UK_PAGE_SIZE,
				    UK_MEM_R | UK_MEM_W, 0);
	if (!pages)
		return 0;
	ask_rights(pages);
	return run_planted(pages);
}

static int attack(const char *how)
{
	unsigned char in_stack[64];

	if (!strcmp(how, "write-text")) {
		plant((void *)answer);
		return answer() == MAGIC;
	}
	if (!strcmp(how, "copy-into-text")) {
		memcpy((void *)answer, in_rodata, sizeof(in_rodata));
		return answer() == MAGIC;
	}
	if (!strcmp(how, "write-rodata"))
		return overwrite(&constant);
	if (!strcmp(how, "write-sealed"))
		return overwrite(&sealed);
	if (!strcmp(how, "overwrite-init-table"))
		return overwrite(uk_inittab_start);
	if (!strcmp(how, "overwrite-ctor-table"))
		return overwrite(uk_ctortab_start);
	if (!strcmp(how, "overwrite-dtor-table"))
		return overwrite(uk_dtortab_start);
	if (!strcmp(how, "overwrite-param-table"))
		return overwrite(uk_paramtab_start);
	if (!strcmp(how, "overwrite-selftest-table"))
		return overwrite(uk_selftesttab_start);
	if (!strcmp(how, "overwrite-hook"))
		return overwrite(&uk_boot_selftest);
	if (!strcmp(how, "overwrite-idt-entry"))
		return overwrite(idt_entry(3));
	if (!strcmp(how, "overwrite-gdt-entry"))
		return overwrite(gdt_entry(1));
	if (!strcmp(how, "exec-data"))
		return run_planted(in_data);
	if (!strcmp(how, "exec-bss"))
		return run_planted(in_bss);
	if (!strcmp(how, "exec-stack"))
		return run_planted(in_stack);
	if (!strcmp(how, "exec-heap"))
		return run_planted(malloc(64));
	if (!strcmp(how, "exec-pages"))
		return run_planted(uk_vm_alloc("attack", UK_PAGE_SIZE,
					       UK_MEM_R | UK_MEM_W, 0));
	if (!strcmp(how, "exec-rodata"))
		return run(in_rodata);
	if (!strcmp(how, "map-wx"))
		return map_wx();
	if (!strncmp(how, "protect-", 8))
		return protect(how + 8);
	printf("no attack of that name\n");
	exit(2);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "write-text";

	if (!attack(how))
		return 3;
	printf("SURVIVED: %s\n", how);
	return 0;
}
