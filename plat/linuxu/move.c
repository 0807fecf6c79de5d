/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image to a place of its own. The kernel's has 28 bits, lies among all
 * else that the kernel places, and is the same file's pages in every process;
 * so it is copied, as it was loaded, before a relocation is applied or anything
 * has stored an address.
 */
#include <uk/draw.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "linuxu.h"
#include "syscall.h"

/* Between core's range and where the kernel begins: 33 bits. */
#define LOWEST 0x200000000000ul
#define HIGHEST 0x400000000000ul
#define TRIES 8

static uintptr_t draw(size_t len)
{
	uint8_t seed[32];
	struct uk_draw d;
	uintptr_t at;

	if (ukplat_entropy(seed, sizeof(seed)) != sizeof(seed)) {
		static const char why[] =
			"aslr: the host gives no entropy for a random layout\n";

		linuxu_complain(why, sizeof(why) - 1);
		ukplat_exit(UK_EXIT_ENTROPY);
	}
	uk_draw_init(&d, UK_DRAW_IMAGE);
	uk_draw_seed(&d, seed, sizeof(seed));
	at = LOWEST + UK_PAGE_SIZE *
	     uk_draw(&d, (HIGHEST - LOWEST - len) / UK_PAGE_SIZE);
	uk_wipe(&d, sizeof(d));
	uk_wipe(seed, sizeof(seed));
	return at;
}

static bool copy(uintptr_t to, size_t len)
{
	size_t text = (size_t)(uk_image_text_end - uk_image_text_start);

	if (sys6(SYS_MMAP, to, len, PROT_READ | PROT_WRITE, MAP_PRIVATE |
		 MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (long)to)
		return false;
	memcpy((void *)to, uk_image_start,
	       (size_t)(uk_image_bss_start - uk_image_start));
	/* The other rights are core's business, as everywhere. */
	return !sys3(SYS_MPROTECT, to, text, PROT_READ | PROT_EXEC);
}

uintptr_t linuxu_move(void)
{
	size_t len = (size_t)(uk_image_end - uk_image_start);
	unsigned int i;
	uintptr_t to;

	for (i = 0; i < TRIES; i++) {
		to = draw(len);
		if (copy(to, len))
			return to - (uintptr_t)uk_image_start;
	}
	ukplat_boot_refuse("the host gives no memory for the image at a "
			   "random place", len);
}

void linuxu_leave(uintptr_t old)
{
	sys2(SYS_MUNMAP, old, uk_image_end - uk_image_start);
}
