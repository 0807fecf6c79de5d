/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/chacha.h>
#include <uk/essentials.h>
#include <uk/str.h>
#include "health.h"

/*
 * Same byte in a row: 5 happen by chance once in 2^26 seeds of 64 bytes.
 * First byte of a window found again in it: of 63 others, 7 once in 2^26.
 */
#define MAX_RUN 4
#define WINDOW 64
#define MAX_SAME 6

static bool runs_short(const uint8_t *p, size_t len)
{
	size_t i, run = 1;

	for (i = 1; i < len; i++) {
		run = p[i] == p[i - 1] ? run + 1 : 1;
		if (run > MAX_RUN)
			return false;
	}
	return true;
}

static bool proportion_small(const uint8_t *p, size_t len)
{
	size_t i, same = 0;

	for (i = 1; i < len; i++)
		same += p[i] == p[0];
	return same <= MAX_SAME;
}

/* A generator that is stuck gives the same word again, all ones say (some
 * CPUs after a sleep state). */
static bool words_differ(const uint8_t *p, size_t len)
{
	uint64_t a, b;
	size_t i;

	for (i = sizeof(a); i + sizeof(a) <= len; i += sizeof(a)) {
		memcpy(&a, p + i - sizeof(a), sizeof(a));
		memcpy(&b, p + i, sizeof(b));
		if (a == b)
			return false;
	}
	return true;
}

bool entropy_healthy(const uint8_t *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i += WINDOW)
		if (!proportion_small(p + i, UK_MIN(len - i, (size_t)WINDOW)))
			return false;
	return runs_short(p, len) && words_differ(p, len);
}

bool chacha_known_answer(void)
{
	static const uint32_t key[UK_CHACHA_KEY] = {
		0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
		0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c,
	};
	static const uint32_t nonce[3] = { 0x09000000, 0x4a000000, 0 };
	static const uint32_t want[UK_CHACHA_BLOCK] = {
		0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3,
		0xc7f4d1c7, 0x0368c033, 0x9aaa2204, 0x4e6cd4c3,
		0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
		0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2,
	};
	uint32_t got[UK_CHACHA_BLOCK];

	uk_chacha_block(got, key, 1, nonce);
	return !memcmp(got, want, sizeof(want));
}
