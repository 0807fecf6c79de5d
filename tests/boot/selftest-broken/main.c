/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every claim of this image is broken before its self-test runs: those of the
 * compiler by flags (Makefile.uk), those of memory here, behind core's back.
 * An image that still reaches main has self-tests that cannot fail.
 */
#include <stdio.h>
#include <stdint.h>
#include <uk/arch/cpu.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/selftest.h>
#include <uk/vm.h>

/* Inside libharden_jmpbuf. */
extern struct { uint64_t k[2]; } jmpbuf_key;

#define RW (UK_MEM_R | UK_MEM_W)

/* The running stack becomes executable. */
static int break_nx(void)
{
	uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
	struct uk_vm_range stack;

	return uk_vm_find(sp, &stack) ? :
	       ukplat_protect(stack.va, stack.len, RW | UK_MEM_X);
}

/* Memory right below the running stack, and at address 0. */
static int break_holes(void)
{
	uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
	struct uk_vm_range stack;
	uint64_t pa;

	if (uk_vm_find(sp, &stack) || uk_frame_alloc(2, UK_PAGE_SIZE, &pa))
		return -1;
	/* A Linux process has no page 0 to give. */
	ukplat_map(0, pa + UK_PAGE_SIZE, UK_PAGE_SIZE, RW);
	return ukplat_map(stack.va - UK_PAGE_SIZE, pa, UK_PAGE_SIZE, RW);
}

/* For the search of mitigation bytes; the build is told of it. */
__attribute__((naked)) void planted(void);
__attribute__((naked, used)) void planted(void)
{
	__asm__ __volatile__("wrpkru; ret");
}

/* A page where the image is linked to be, and an address that is none; that
 * nothing is placed at random is for Makefile.uk. */
static int break_layout(void)
{
	static int *volatile address = (int *)uk_image_start;
	uintptr_t linked = (uintptr_t)uk_image_start - uk_image_slide;
	uint64_t pa;

	address = (int *)linked;
	if (uk_frame_alloc(1, UK_PAGE_SIZE, &pa))
		return -1;
	/* Nearer to 0 a Linux process may have nothing. */
	return ukplat_map(linked + 0x10000, pa, UK_PAGE_SIZE, RW);
}

static int break_all(void)
{
	jmpbuf_key.k[0] = 0;
	if (!uk_boot_info())
		planted();	/* so that it is linked */
#ifndef __clang__
	uk_print_raw("gcc has no kcfi and no flex-arrays\n");
#endif
	uintptr_t constants = (uintptr_t)uk_image_rodata_start;

	return break_nx() ? : break_holes() ? : break_layout() ? :
	       ukplat_protect(constants, UK_PAGE_SIZE, RW);
}

uk_late_initcall_prio(break_all, 8);

/* What the boot seals in the end is opened again behind it. */
static int (*self_tests)(void);

static int unsealed(void)
{
	uintptr_t table = UK_ALIGN_DOWN((uintptr_t)uk_selftesttab_start,
					UK_PAGE_SIZE);

	return ukplat_protect(table, UK_PAGE_SIZE, RW) ? : self_tests();
}

static __attribute__((constructor)) void come_between(void)
{
	self_tests = uk_boot_selftest;
	uk_boot_selftest = unsealed;
}

/* And one that fails in its own right, with numbers. */
static int fails(struct uk_selftest_result *r)
{
	r->why = "as it should";
	r->want = 0x11;
	r->got = 0x22;
	return UK_SELFTEST_FAIL;
}

UK_SELFTEST(example, "a failure is told", fails);

int main(void)
{
	printf("main ran\n");
	return 0;
}
