/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/image.h>
#include <uk/jmpbuf.h>
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>
#include "mac.h"

#define WORDS 9

struct buffer {
	uintptr_t words[WORDS + 1];
	uintptr_t sp;
};

static void check(void *arg)
{
	struct buffer *b = arg;

	uk_jmpbuf_check(b->words, WORDS, b->sp);
}

static bool refused(struct buffer *b, struct uk_selftest_result *r,
		    const char *why)
{
	r->why = why;
	r->want = UK_DEATH_JUMP;
	r->got = uk_catch(check, b, NULL);
	return r->got == r->want;
}

static void make(struct buffer *b)
{
	for (int i = 0; i < WORDS; i++)
		b->words[i] = (uintptr_t)i << 32;
	b->sp = UINTPTR_MAX;
	uk_jmpbuf_seal(b->words, WORDS);
}

/* Every bit of a word counts alike: one a word is tried. */
static int changed(struct uk_selftest_result *r)
{
	struct buffer b, moved;

	make(&b);
	for (int i = 0; i <= WORDS; i++) {
		b.words[i] ^= 1ul << i;
		if (!refused(&b, r, "a changed word is taken (kind of death)"))
			return UK_SELFTEST_FAIL;
		b.words[i] ^= 1ul << i;
	}
	moved = b;
	if (!refused(&moved, r, "a copy is taken (kind of death)"))
		return UK_SELFTEST_FAIL;
	b.sp = 0;
	if (!refused(&b, r, "a frame that is gone is taken (kind of death)"))
		return UK_SELFTEST_FAIL;
	b.sp = UINTPTR_MAX;
	r->why = "a buffer as it was made is refused (kind of death)";
	r->want = UK_DEATH_NONE;
	r->got = uk_catch(check, &b, NULL);
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

/* The published answer for key 00 01 .. 0f and message 00 01 .. 07. */
static int keyed(struct uk_selftest_result *r)
{
	const struct jmpbuf_key known = {
		{ 0x0706050403020100, 0x0f0e0d0c0b0a0908 }
	};
	uintptr_t at = (uintptr_t)&jmpbuf_key;

	r->why = "the MAC is not SipHash-2-4";
	r->want = 0x93f5f5799a932462;
	r->got = jmpbuf_mac(&known, known.k, 1, NULL, 0);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "the key is not random, or not sealed";
	r->want = r->got = 0;
	if (!jmpbuf_key.k[0] || !jmpbuf_key.k[1] ||
	    jmpbuf_key.k[0] == jmpbuf_key.k[1] ||
	    at < (uintptr_t)uk_image_roinit_start ||
	    at >= (uintptr_t)uk_image_roinit_end)
		return UK_SELFTEST_FAIL;
	if (ukplat_info.features & UKPLAT_F_PAGE_RIGHTS &&
	    !uk_probe_faults(at, UKARCH_ACCESS_WRITE))
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

UK_SELFTEST(jmpbuf, "a buffer that is not as it was made is refused", changed);
UK_SELFTEST(jmpbuf, "the MAC is SipHash, its key random and sealed", keyed);
