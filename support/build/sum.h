/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checksum over the segments of an image that plat/kvm/check.S compares
 * at boot: in the manner of FNV-1a, by words of 32 bits (little-endian), and
 * what is left by bytes. Turned, so that every bit reaches every other:
 * a product alone carries upwards only.
 */
#pragma once

#include <stdint.h>
#include <string.h>

#define SUM_BASIS 0x811c9dc5u
#define SUM_PRIME 16777619u
#define SUM_TURN 5

static inline uint32_t sum_step(uint32_t sum, uint32_t word)
{
	sum ^= word;
	return (sum << SUM_TURN | sum >> (32 - SUM_TURN)) * SUM_PRIME;
}

static inline uint32_t sum_add(uint32_t sum, const unsigned char *p, uint64_t n)
{
	uint32_t word;

	for (; n >= sizeof(word); n -= sizeof(word), p += sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		sum = sum_step(sum, word);
	}
	while (n--)
		sum = sum_step(sum, *p++);
	return sum;
}
