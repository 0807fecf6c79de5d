/* SPDX-License-Identifier: BSD-3-Clause */
#include "seed.h"

#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/str.h>

static const char key[] = "rng_seed=";
#define KEY_LEN (sizeof(key) - 1)

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decode the digits of a word; returns bytes written, 0 = malformed. */
static size_t decode(const char *s, size_t len, uint8_t *out)
{
	size_t i;
	int hi, lo;

	if (len % 2 != 0 || len / 2 > UK_BOOTINFO_MAX_SEED)
		return 0;
	for (i = 0; i < len / 2; i++) {
		hi = digit(s[2 * i]);
		lo = digit(s[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return 0;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return i;
}

/* Cut [at, at + len) and the space behind it out of the command line, and
 * leave no copy behind the end. */
static void cut(struct uk_bootinfo *bi, size_t at, size_t len)
{
	if (at + len < bi->cmdline_len)
		len++;
	memmove(bi->cmdline + at, bi->cmdline + at + len,
		bi->cmdline_len - at - len);
	bi->cmdline_len -= len;
	memset(bi->cmdline + bi->cmdline_len, 0, len);
}

int seed_take(struct uk_bootinfo *bi, const char **why, uint64_t *value)
{
	size_t at = 0, end;

	while (at < bi->cmdline_len) {
		for (end = at; end < bi->cmdline_len; end++)
			if (bi->cmdline[end] == ' ')
				break;
		if (strncmp(bi->cmdline + at, key, KEY_LEN) != 0) {
			at = end + 1;
			continue;
		}
		*value = at;
		if (bi->seed_len != 0) {
			*why = "rng_seed= is twice on the command line";
			return -EINVAL;
		}
		bi->seed_len = decode(bi->cmdline + at + KEY_LEN,
				      end - at - KEY_LEN, bi->seed);
		if (bi->seed_len == 0) {
			*why = "rng_seed= takes an even number of hex digits, "
			       "2 to 128";
			return -EINVAL;
		}
		cut(bi, at, end - at);
	}
	return 0;
}
