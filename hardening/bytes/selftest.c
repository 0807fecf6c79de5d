/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The text that runs, searched for what nobody owns: WRPKRU, and XRSTORS,
 * which loads the same register. The build has looked at the text that it
 * linked; since then its functions may have been put in another order.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/image.h>
#include <uk/selftest.h>

#define ONES 0x0101010101010101ul
#define TOPS 0x8080808080808080ul
#define FIRST 0x0f

static bool is_forbidden(const uint8_t *p)
{
	if (p[0] != FIRST)
		return false;
	if (p[1] == 0x01)
		return p[2] == 0xef;
	/* Its operand is memory, and 3 in the middle of the byte says what. */
	return p[1] == 0xc7 && (p[2] >> 3 & 7) == 3 && p[2] < 0xc0;
}

/* In [lo, hi), lo aligned: words without the first byte are passed over. Up to
 * 9 bytes behind hi are read. */
static size_t count(const uint8_t *lo, const uint8_t *hi)
{
	size_t n = 0;

	for (; lo < hi; lo += 8) {
		uint64_t w = *(const uint64_t *)lo ^ FIRST * ONES;

		if (likely(!((w - ONES) & ~w & TOPS)))
			continue;
		for (int i = 0; i < 8; i++)
			n += is_forbidden(lo + i);
	}
	return n;
}

static int none(struct uk_selftest_result *r)
{
	static const uint8_t planted[32] UK_ALIGNED(8) = {
		[7] = 0x0f, 0x01, 0xef, [14] = 0x0f, 0xc7, 0x1f,
	};

	r->why = "the search does not find what is there";
	r->want = 2;
	r->got = count(planted, planted + 16);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "the running text has instructions that nobody owns";
	r->want = 0;
	r->got = count((uint8_t *)uk_image_text_start,
		       (uint8_t *)((uintptr_t)uk_image_text_end - 16));
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(bytes, "no WRPKRU or XRSTORS at any place in the text", none);
