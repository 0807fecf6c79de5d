/* SPDX-License-Identifier: BSD-3-Clause */
/* Rounds of a cipher (ChaCha's), and a checksum with a table (CRC-32). */
#include <string.h>
#include "work.h"

#define BLOCKS 150

static uint32_t crc_table[256];

static void make_table(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t c = i;

		for (int k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
		crc_table[i] = c;
	}
}

static uint32_t crc(uint32_t c, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (c = ~c; n--; p++)
		c = crc_table[(c ^ *p) & 255] ^ c >> 8;
	return ~c;
}

static uint32_t turn(uint32_t x, int n)
{
	return x << n | x >> (32 - n);
}

static void quarter(uint32_t s[16], int a, int b, int c, int d)
{
	s[d] = turn(s[d] ^ (s[a] += s[b]), 16);
	s[b] = turn(s[b] ^ (s[c] += s[d]), 12);
	s[d] = turn(s[d] ^ (s[a] += s[b]), 8);
	s[b] = turn(s[b] ^ (s[c] += s[d]), 7);
}

static void block(uint32_t out[16], const uint32_t in[16])
{
	uint32_t s[16];

	memcpy(s, in, sizeof(s));
	for (int i = 0; i < 10; i++) {
		for (int k = 0; k < 4; k++)
			quarter(s, k, 4 + k, 8 + k, 12 + k);
		for (int k = 0; k < 4; k++)
			quarter(s, k, 4 + (k + 1) % 4, 8 + (k + 2) % 4,
				12 + (k + 3) % 4);
	}
	for (int i = 0; i < 16; i++)
		out[i] = s[i] + in[i];
}

uint32_t work_cipher(void)
{
	uint32_t in[16], out[16], check = 0;

	make_table();
	for (uint32_t i = 0; i < 16; i++)
		in[i] = i * 0x9e3779b9;
	for (uint32_t i = 0; i < BLOCKS; i++) {
		in[12] = i;
		block(out, in);
		check = crc(check, out, sizeof(out));
	}
	return check;
}
