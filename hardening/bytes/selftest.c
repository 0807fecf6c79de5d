/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The text that runs, searched for what nobody owns: WRPKRU, and XRSTORS,
 * which loads the same register. The build has looked at the text that it
 * linked; since then its functions may have been put in another order.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/selftest.h>

#define FIRST 0x0f

/* search.S */
const uint8_t *bytes_skip(const uint8_t *p, const uint8_t *end);

static bool is_forbidden(const uint8_t *p)
{
	if (p[0] != FIRST)
		return false;
	if (p[1] == 0x01)
		return p[2] == 0xef;
	/* Its operand is memory, and 3 in the middle of the byte says what. */
	return p[1] == 0xc7 && (p[2] >> 3 & 7) == 3 && p[2] < 0xc0;
}

/* How many begin in [lo, hi). Two bytes behind hi are read. */
static size_t count(const uint8_t *lo, const uint8_t *hi)
{
	size_t n = 0;

	while ((lo = bytes_skip(lo, hi)) < hi)
		n += is_forbidden(lo++);
	return n;
}

#ifdef CONFIG_HARDEN_SHUFFLE
static bool is_mapped(uintptr_t va)
{
	unsigned int rights;
	uint64_t pa;
	size_t len;

	return !ukplat_map_query(va, &pa, &rights, &len);
}
#else
#define is_mapped(va) true	/* text is without gaps */
#endif

/* In all text, page after page where pages are missing. */
static size_t count_text(void)
{
	uintptr_t end = (uintptr_t)uk_image_text_end, at, next;
	size_t n = 0;

	for (at = (uintptr_t)uk_image_text_start; at < end; at = next) {
		for (next = at; next < end && is_mapped(next);
		     next = UK_ALIGN_DOWN(next, UK_PAGE_SIZE) + UK_PAGE_SIZE)
			;
		next = UK_MIN(next, end);
		if (next > at)
			n += count((uint8_t *)at, (uint8_t *)(next - 2));
		else
			next = at + UK_PAGE_SIZE;
	}
	return n;
}

static int none(struct uk_selftest_result *r)
{
	/* In each of the four groups of a step, over their edges, in the next
	 * step and behind the last; in front of some another first byte. */
	static const uint8_t planted[144] = {
		[6] = 0x0f, 0x0f, 0x01, 0xef, [31] = 0x0f, 0xc7, 0x1f,
		[46] = 0x0f, 0x01, 0xef, [62] = 0x0f, 0x0f, 0xc7, 0x98,
		[90] = 0x0f, 0x01, 0xef, [141] = 0x0f, 0xc7, 0x5d,
	};

	r->why = "the search does not find what is there";
	r->want = 6;
	r->got = count(planted, planted + sizeof(planted) - 2);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "the running text has instructions that nobody owns";
	r->want = 0;
	r->got = count_text();
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(bytes, "no WRPKRU or XRSTORS at any place in the text", none);
