/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Somebody who has taken over the image, its control registers and its page
 * tables, and now changes code and constants for good. The act is the first
 * argument.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/arch/paging.h>
#include <uk/arch/system.h>
#include <uk/essentials.h>
#include <uk/plat.h>
#include <uk/vm.h>

#define RW (UK_MEM_R | UK_MEM_W)
#define UPPER_LEVELS 3

static UK_NOINLINE UK_NO_STACK_PROTECTOR int answer(void)
{
	int one = 1;

	__asm__ __volatile__(".skip 16, 0x90" : "+r"(one));
	return one;
}

static const char limit[8] UK_ALIGNED(8) = "10 MB/s";

/* mov $2, %eax; ret */
static const unsigned char patch[] = { 0xb8, 2, 0, 0, 0, 0xc3 };
static const char more[8] = "99 MB/s";

typedef volatile unsigned char *bytes;

static void store(bytes to, const void *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = ((bytes)from)[i];
}

/* An address with no frame, to map something at. */
static uintptr_t hole(void)
{
	void *page = uk_vm_alloc("hole", 2 * UK_PAGE_SIZE, RW, 0);

	if (!page || uk_vm_protect(page, 2 * UK_PAGE_SIZE, 0))
		exit(2);
	return (uintptr_t)page;
}

static void map(uintptr_t va, uint64_t pa, size_t len)
{
	ukplat_unmap(va, len);
	if (ukplat_map(va, pa, len, RW))
		exit(2);
}

static void without_wp(bytes at, const void *what, size_t n)
{
	unsigned long cr0 = ukarch_cr0_get();

	ukarch_irq_off();
	ukarch_cr0_set(cr0 & ~UKARCH_CR0_WP);
	store(at, what, n);
	ukarch_cr0_set(cr0);
	ukarch_irq_on();
}

/* The page's own entries say "writable" on every level. */
static void make_writable(uintptr_t va)
{
	uintptr_t window = hole();
	uint64_t pa = ukarch_cr3_get(), *e;

	for (int shift = 12 + 9 * UPPER_LEVELS; shift >= 12; shift -= 9) {
		map(window, pa & UKARCH_PTE_ADDR, UK_PAGE_SIZE);
		e = (uint64_t *)window + (va >> shift & 511);
		*e |= UKARCH_PTE_W;
		pa = *e;
	}
	ukarch_tlb_page(va);
}

static void remapped(bytes at, const void *what, size_t n)
{
	make_writable((uintptr_t)at);
	make_writable((uintptr_t)at + n);
	store(at, what, n);
}

static void aliased(bytes at, const void *what, size_t n)
{
	uintptr_t page = UK_ALIGN_DOWN((uintptr_t)at, UK_PAGE_SIZE);
	uintptr_t window = hole();

	map(window, uk_vm_phys((void *)page), 2 * UK_PAGE_SIZE);
	store((bytes)(window + ((uintptr_t)at - page)), what, n);
}

static const struct {
	const char *act;
	void (*write)(bytes at, const void *what, size_t n);
} ways[] = {
	{ "without-wp", without_wp },
	{ "remapped", remapped },
	{ "aliased", aliased },
};

static int changed_text(void)
{
	return answer() == 2;
}

static int changed_rodata(void)
{
	return *(const volatile char *)limit == '9';
}

static void run(const char *act, const char *what, bytes at, const void *new,
		size_t n, int (*changed)(void))
{
	unsigned char was[8];
	size_t i, len = strlen(what);

	if (strncmp(act, what, len) || act[len] != '-')
		return;
	for (i = 0; i < 3 && strcmp(act + len + 1, ways[i].act); i++)
		;
	if (i == 3)
		return;
	memcpy(was, (const void *)at, n);
	ways[i].write(at, new, n);
	if (changed()) {
		printf("SURVIVED: %s\n", act);
		exit(0);
	}
	for (i = 0; i < n && at[i] == was[i]; i++)
		;
	printf("STOPPED: %s: %zu of %zu bytes read back as they were\n", act,
	       i, n);
	exit(1);
}

int main(int argc, char **argv)
{
	const char *act = argc > 1 ? argv[1] : "";

	if (answer() != 1)
		return 2;
	run(act, "write-text", (bytes)answer, patch, sizeof(patch),
	    changed_text);
	run(act, "write-rodata", (bytes)limit, more, sizeof(more),
	    changed_rodata);
	printf("no attack of that name\n");
	return 2;
}
