/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes pages the user's, which an image never has: edits the page tables by
 * hand, then reads, writes or runs such a page as the kernel, or goes to ring 3
 * and asks there where the kernel's tables are. The case is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/arch/paging.h>
#include <uk/arch/system.h>
#include <uk/essentials.h>
#include <uk/plat.h>
#include <uk/vm.h>
#include "ring3.h"

#define MAGIC 1337

/* A page of code and one of data that share theirs with nothing. */
__asm__(".pushsection .text.user, \"ax\", @progbits\n"
	"	.balign 4096\n"
	"	.type user_code, @function\n"
	"user_code:\n"
	"	movl $1337, %eax\n"
	"	ret\n"
	"	.size user_code, . - user_code\n"
	"	.type user_ring3, @function\n"
	"user_ring3:\n"
	"	sgdt user_data(%rip)\n"
	"	int $" UK_STRINGIFY(RING3_BACK) "\n"
	"	.size user_ring3, . - user_ring3\n"
	"	.balign 4096\n"
	"	.popsection\n");
extern char user_code[], user_ring3[];
UK_ALIGNED(4096) UK_USED volatile unsigned char user_data[4096];

/* The entry for `va` on the way down, mapped for a moment, gets the user's
 * bit. Returns what the next level is. */
static uint64_t mark(uintptr_t window, uint64_t table, unsigned int index)
{
	volatile uint64_t *entries = (uint64_t *)window;
	uint64_t entry;

	if (ukplat_map(window, table, UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W))
		exit(2);
	entries[index] |= UKARCH_PTE_USER;
	entry = entries[index];
	if (ukplat_unmap(window, UK_PAGE_SIZE))
		exit(2);
	return entry & UKARCH_PTE_ADDR;
}

static void give_to_user(const volatile void *page)
{
	static uintptr_t window;
	uintptr_t va = (uintptr_t)page;
	uint64_t table = ukarch_cr3_get() & UKARCH_PTE_ADDR;
	int shift;

	if (!window) {
		window = (uintptr_t)uk_vm_alloc("attack", UK_PAGE_SIZE,
						UK_MEM_R | UK_MEM_W, 0);
		if (!window || ukplat_unmap(window, UK_PAGE_SIZE))
			exit(2);
	}
	for (shift = 39; shift >= 12; shift -= 9)
		table = mark(window, table, va >> shift & 511);
	ukarch_tlb_page(va);
}

/* One instruction switches it off; the image goes about its business. */
static void clear(uint64_t bit)
{
	ukarch_cr4_set(ukarch_cr4_get() & ~bit);
	ukplat_irq_disable();
	ukplat_idle(ukplat_clock_monotonic() + 1000000);
	ukplat_irq_enable();
}

static int ask_tables(void)
{
	const volatile uint64_t *base = (uint64_t *)(user_data + 2);

	give_to_user(user_ring3);
	ring3_call((uintptr_t)user_ring3,
		   (uintptr_t)user_data + sizeof(user_data));
	return *base != 0;
}

static int attack(const char *how)
{
	give_to_user(user_data);
	if (!strncmp(how, "clear-", 6)) {
		clear(!strcmp(how, "clear-smap") ? UKARCH_CR4_SMAP :
						    UKARCH_CR4_SMEP);
		how = !strcmp(how, "clear-smap") ? "smap-read" : "smep-exec";
	}
	if (!strcmp(how, "smap-read"))
		return user_data[100] == 0;
	if (!strcmp(how, "smap-write")) {
		user_data[100] = 7;
		return 1;
	}
	if (!strcmp(how, "smep-exec")) {
		give_to_user(user_code);
		return ((int (*)(void))(uintptr_t)user_code)() == MAGIC;
	}
	if (!strcmp(how, "umip-sgdt"))
		return ask_tables();
	printf("no attack of that name\n");
	exit(2);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "smap-read";

	if (!attack(how))
		return 3;
	printf("SURVIVED: %s\n", how);
	return 0;
}
