/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A thousand layouts as an image draws them, by the code that draws them; and
 * generators that are not what they should be, each of which must be found out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/bootinfo.h>
#include <uk/chacha.h>
#include <uk/frame.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "draw.h"
#include "layout.h"
#include "range.h"
#include "stats.h"

#define PAGE UK_PAGE_SIZE
#define IMAGE_LEN (100 * PAGE)
#define HEAP_LEN ((60ul << 20) - 5 * PAGE)
#define HEAP_PA 0x123000ul

const struct ukplat_info ukplat_info = {
	.name = "kvm",
	.va_start = PLAT_IMAGE_LOWEST,
	.va_end = 0x7ffffffff000ul,
};

/* Entropy that is the same in every run, of so many bits. */
static unsigned int entropy_bits;
static uint64_t draws;

size_t ukplat_entropy(void *buf, size_t len)
{
	static const uint32_t nonce[3];
	uint32_t key[UK_CHACHA_KEY] = { 0 }, block[UK_CHACHA_BLOCK];

	key[0] = (uint32_t)draws++;
	uk_chacha_block(block, key, 0, nonce);
	assert_true(len <= sizeof(block));
	if (entropy_bits < 64) {
		block[0] &= (1u << entropy_bits) - 1;
		memset(block + 1, 0, sizeof(block) - sizeof(*block));
	}
	memcpy(buf, block, len);
	return len;
}

void ukplat_exit(int status)
{
	exit(status);
}

void uk_print_raw(const char *fmt, ...)
{
	fail_msg("%s", fmt);
}

/* Tables do not grow here. */
int uk_frame_alloc(size_t n, size_t align, uint64_t *pa)
{
	fail();
	return -1;
}

void uk_frame_free(uint64_t pa, size_t n)
{
	fail();
}

int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	fail();
	return -1;
}

static struct stats table;

static uintptr_t area(const char *name, size_t len, uint32_t guards,
		      uint64_t pa)
{
	struct mem_range r = {
		.name = name, .len = len, .below = guards, .above = guards,
		.flags = MEM_HEAD,
	};

	r.va = mem_place(len, guards, guards, pa);
	assert_true(r.va);
	mem_range_add(&r);
	return r.va;
}

/* One boot. Core's columns first: image and window know nothing of them. */
static void layout(uintptr_t *at)
{
	static const struct uk_bootinfo bi;
	struct mem_range image = { .name = "image", .len = IMAGE_LEN };
	struct plat_layout l;
	struct uk_draw d;
	uint8_t seed[32];

	assert_int_equal(ukplat_entropy(seed, sizeof(seed)), sizeof(seed));
	uk_draw_init(&d, UK_DRAW_IMAGE);
	uk_draw_seed(&d, seed, sizeof(seed));
	l = plat_layout_draw(&d, IMAGE_LEN);
	mem_draw_init(&bi);
	mem_ranges.n = 0;
	image.va = l.image;
	mem_range_add(&image);
	at[0] = l.image;
	at[1] = l.window;
	at[2] = area("frames", MEM_TABLE_WINDOW, 0, mem_draw_phase());
	at[3] = area("stack:main", 16 * PAGE, 1, 0);
	at[4] = area("tls:main", PAGE, 1, 0);
	at[5] = area("heap", HEAP_LEN, 0, HEAP_PA - mem_draw_phase());
	at[6] = area("stack:fault", 2 * PAGE, 1, 0);
	at[7] = area("thread 1", 4 * PAGE, 1, 0);
	at[8] = area("thread 2", 4 * PAGE, 1, 0);
}

static void draw(unsigned int bits)
{
	static const char *const names[] = {
		"image", "window", "frames", "stack:main", "tls:main", "heap",
		"stack:fault", "thread 1", "thread 2",
	};
	size_t i;

	entropy_bits = bits;
	draws = 0;
	table.rows = STATS_ROWS;
	table.columns = sizeof(names) / sizeof(names[0]);
	for (i = 0; i < table.columns; i++)
		table.column[i] = (struct stats_column){
			names[i], ukplat_info.va_start, 1ul << 47, 12, 30,
		};
	table.column[1] = (struct stats_column){
		"window", PLAT_WINDOW_LOWEST,
		PLAT_WINDOW_LOWEST + PLAT_WINDOW_LEN,
		16, 30,
	};
	for (i = 0; i < table.rows; i++)
		layout(table.at[i]);
}

static void test_fair(void **state)
{
	const char *wrong;

	draw(64);
	wrong = stats_wrong(&table);
	if (wrong)
		fail_msg("%s", wrong);
}

/* No area touches another or its guards. */
static void test_no_overlap(void **state)
{
	uint32_t i;

	entropy_bits = 64;
	for (int n = 0; n < 1000; n++) {
		uintptr_t at[STATS_COLUMNS];

		layout(at);
		for (i = 1; i < mem_ranges.n; i++) {
			const struct mem_range *a = mem_range_at(i - 1);
			const struct mem_range *b = mem_range_at(i);

			assert_true(a->va + a->len + a->above * PAGE <=
				    b->va - b->below * PAGE);
		}
	}
}

static void caught(const char *what)
{
	const char *wrong = stats_wrong(&table);

	if (!wrong)
		fail_msg("%s goes unnoticed", what);
	printf("%s: %s\n", what, wrong);
}

/* What could go wrong with a generator, and with what uses it. */
static void test_broken(void **state)
{
	size_t r;

	draw(8);
	caught("a seed of 8 bits");
	draw(16);
	caught("a seed of 16 bits");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][3] = table.at[0][3];
	caught("a constant");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][4] = table.at[r][3] + 0x11000;
	caught("one area beside another");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][5] &= ~(0x1ff000ul);
	caught("nine bits of alignment");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][0] = (table.at[r][0] & ~(1ul << 20)) |
				 (table.at[r][0] >> 9 & 1ul << 20);
	caught("a bit that repeats another");
	draw(64);
	for (r = 0; r < table.rows; r++)
		if (table.at[r][7] > 1ul << 46)
			table.at[r][7] -= 1ul << 45;
	caught("half of the range preferred");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][8] = (table.at[r][8] & 0xffffffffful) |
				 (table.at[r][7] & ~0xffffffffful);
	caught("upper bits shared by two areas");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][1] = PLAT_WINDOW_LOWEST + ((uintptr_t)(
			(unsigned __int128)
			(table.at[r][0] - PLAT_IMAGE_LOWEST) *
			PLAT_WINDOW_LEN / (PLAT_IMAGE_HIGHEST -
					  PLAT_IMAGE_LOWEST)) & ~0xfffful);
	caught("a window made from the image's place");
	draw(64);
	for (r = 0; r < table.rows; r++)
		table.at[r][6] = ukplat_info.va_start + r * 0x1ca0000000;
	caught("a counter");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fair),
		cmocka_unit_test(test_no_overlap),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
