/* SPDX-License-Identifier: BSD-3-Clause */
#include <arch/cc.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* What is carried out comes back in. */
static inline uint64_t add(uint64_t sum, uint64_t v)
{
	bool carry = __builtin_add_overflow(sum, v, &sum);

	return sum + carry;
}

static inline uint64_t word(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/*
 * 64 bits at a time: the sum of 16-bit words, modulo 2^16 - 1, is that of any
 * wider ones. In memory's order, at whatever address it starts.
 */
uint16_t uk_lwip_checksum(const void *data, int len)
{
	const uint8_t *p = data;
	uint64_t sum = 0, rest = 0;
	size_t n = (size_t)len;

	for (; n >= 32; n -= 32, p += 32) {
		sum = add(sum, word(p));
		sum = add(sum, word(p + 8));
		sum = add(sum, word(p + 16));
		sum = add(sum, word(p + 24));
	}
	for (; n >= 8; n -= 8, p += 8)
		sum = add(sum, word(p));
	if (n > 0) {
		memcpy(&rest, p, n);
		sum = add(sum, rest);
	}
	sum = (sum >> 32) + (uint32_t)sum;
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	return (uint16_t)sum;
}
