/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is done with an address that the attacker brings along: read off the
 * image's file, known from another boot, or computed from another address.
 * The act is the first argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/config.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/vm.h>

#define MARK 0x1337c0deu
#define RW (UK_MEM_R | UK_MEM_W)

/* Where the file says that the image is, and where the first areas come to lie
 * if nothing is random. */
static uintptr_t base(void)
{
	return strcmp(ukplat_info.name, "kvm") ? 0x400000 : 0x100000;
}
#define FIRST_AREAS 0x100000000000ul
#define CORE_TABLES (2 * (64ul << 20))

static uintptr_t from_file(const volatile void *p)
{
	return base() + ((uintptr_t)p - (uintptr_t)uk_image_start);
}

static volatile unsigned int mark = MARK;

static __attribute__((noinline)) unsigned int answer(void)
{
	return mark;
}

static int read_linked(void)
{
	return *(volatile unsigned int *)from_file(&mark) == MARK;
}

static int write_linked(void)
{
	*(volatile unsigned int *)from_file(&mark) = 1;
	return mark == 1;
}

static int call_linked(void)
{
	uintptr_t at = from_file((const void *)answer);

	return ((unsigned int (*)(void))at)() == MARK;
}

/* The main stack of an image that boots the same way every time. */
static int read_known_stack(void)
{
	volatile unsigned int secret = MARK;
	uintptr_t at = FIRST_AREAS + CORE_TABLES + UK_PAGE_SIZE;
	uintptr_t top = at + CONFIG_LIBUKBOOT_STACK_KIB * 1024ul;

	/* From the top down: what is there is used. (stack-offset moves it by
	 * up to a page.) */
	for (at = top - 8; at > top - 2 * UK_PAGE_SIZE; at -= 4)
		if (*(volatile unsigned int *)at == secret)
			return 1;
	return 0;
}

/* One area's address gives away the next one's. */
static int read_next_area(void)
{
	char *own = uk_vm_alloc("own", UK_PAGE_SIZE, RW, 0);
	unsigned int *other = uk_vm_alloc("other", UK_PAGE_SIZE, RW, 0);

	*other = MARK;
	return *(volatile unsigned int *)(own + UK_PAGE_SIZE) == MARK;
}

/* A stack's address gives away that of the next thread. */
static int write_next_stack(void)
{
	void *own, *next;

	uk_stack_alloc("own", UK_PAGE_SIZE, &own);
	uk_stack_alloc("next", UK_PAGE_SIZE, &next);
	((volatile unsigned int *)next)[-1] = 1;
	/* Each has a guard above and below. */
	((volatile unsigned int *)own)[3 * UK_PAGE_SIZE / 4 - 1] = MARK;
	return ((volatile unsigned int *)next)[-1] == MARK;
}

/* The page tables where every boot without randomness has its window. */
static int write_tables(void)
{
	uintptr_t root;
	volatile uint64_t *top;

	__asm__ __volatile__("mov %%cr3, %0" : "=r"(root));
	top = (volatile uint64_t *)(0xffff800000000000 + (root & -4096ul));
	top[100] = 2;
	return top[100] == 2;
}

static const struct {
	const char *name;
	int (*act)(void);
} acts[] = {
	{ "read-linked", read_linked },
	{ "write-linked", write_linked },
	{ "call-linked", call_linked },
	{ "read-known-stack", read_known_stack },
	{ "read-next-area", read_next_area },
	{ "write-next-stack", write_next_stack },
	{ "write-tables", write_tables },
};

int main(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (argc < 2 || strcmp(argv[1], acts[i].name))
			continue;
		if (!acts[i].act())
			return 3;
		printf("SURVIVED: %s\n", argv[1]);
		return 0;
	}
	return 2;
}
