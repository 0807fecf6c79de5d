/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a message may show of an address. One leaked address undoes the whole
 * random layout, so the default is: offsets into the image (its base stays
 * secret), and a keyed hash for the rest, good enough to see that two
 * pointers are the same.
 */
#include <stdbool.h>
#include <uk/config.h>
#include <uk/fmt.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/print.h>

/*
 * No address of ours is below, so it is a length or flags. Where the layout is
 * random that holds for the upper half of an address, too.
 */
#ifdef CONFIG_HARDEN_ASLR
#define SMALL 0x1000
#else
#define SMALL 0x10000
#endif
/* Where everything random lies, and no number that anybody counts to. */
#define DRAWN (1ull << 44)
#define DRAWN_END (-1ull << 32)

#ifndef CONFIG_LIBUKDEBUG_RAW_POINTERS

static inline uint64_t rotl(uint64_t v, unsigned int n)
{
	return (v << n) | (v >> (64 - n));
}

static void sip_rounds(uint64_t v[4], unsigned int n)
{
	while (n--) {
		v[0] += v[1];
		v[2] += v[3];
		v[1] = rotl(v[1], 13) ^ v[0];
		v[3] = rotl(v[3], 16) ^ v[2];
		v[0] = rotl(v[0], 32);
		v[2] += v[1];
		v[0] += v[3];
		v[1] = rotl(v[1], 17) ^ v[2];
		v[3] = rotl(v[3], 21) ^ v[0];
		v[2] = rotl(v[2], 32);
	}
}

/* SipHash-2-4 of one word. */
static uint64_t hash(const uint64_t key[2], uint64_t word)
{
	uint64_t v[4] = {
		key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573,
	};
	const uint64_t len = 8ull << 56;

	v[3] ^= word;
	sip_rounds(v, 2);
	v[0] ^= word;
	v[3] ^= len;
	sip_rounds(v, 2);
	v[0] ^= len;
	v[2] ^= 0xff;
	sip_rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static void token(uintptr_t addr, char buf[UK_POINTER_MAX])
{
	static uint64_t key[2];
	static signed char state;	/* 0 = no key yet, 1 = key, -1 = none */

	/* The key is made at the first use: most boots never need it. */
	if (!state)
		state = ukplat_entropy(key, sizeof(key)) == sizeof(key) ?
			1 : -1;
	if (state < 0)
		uk_snprintf(buf, UK_POINTER_MAX, "ptr:hidden");
	else
		uk_snprintf(buf, UK_POINTER_MAX, "ptr:%08x",
			    (unsigned int)(hash(key, addr) >> 32));
}

#else

static void token(uintptr_t addr, char buf[UK_POINTER_MAX])
{
	uk_snprintf(buf, UK_POINTER_MAX, "0x%lx", (unsigned long)addr);
}

#endif

const char *uk_pointer_str(uintptr_t addr, char buf[UK_POINTER_MAX])
{
	uintptr_t base = (uintptr_t)uk_image_start;

	if (addr < SMALL)
		uk_snprintf(buf, UK_POINTER_MAX, "0x%lx", (unsigned long)addr);
	else if (addr >= base && addr < (uintptr_t)uk_image_end)
		uk_snprintf(buf, UK_POINTER_MAX, "image+0x%lx",
			    (unsigned long)(addr - base));
	else
		token(addr, buf);
	return buf;
}

#if defined(CONFIG_HARDEN_ASLR) && !defined(CONFIG_LIBUKDEBUG_RAW_POINTERS)
static const bool hiding = true;
#else
static const bool hiding = false;
#endif

bool uk_value_hidden(uint64_t v)
{
	return hiding && v >= DRAWN && v < DRAWN_END;
}

const char *uk_value_str(uint64_t v, char buf[UK_POINTER_MAX])
{
	if (uk_value_hidden(v))
		return uk_pointer_str(v, buf);
	uk_snprintf(buf, UK_POINTER_MAX, "%#llx", (unsigned long long)v);
	return buf;
}
