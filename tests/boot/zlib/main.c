/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The port of zlib does its work inside an image: there and back at every
 * level, the known checksum of RFC 1952's polynomial, and a damaged stream.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define SIZE 20000
#define PACKED (SIZE + 1000)

static unsigned char text[SIZE], packed[PACKED], back[SIZE];

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s\n", #cond);			\
			return 1;					\
		}							\
	} while (0)

static int there_and_back(int level)
{
	uLongf n = sizeof(packed), m = sizeof(back);

	CHECK(compress2(packed, &n, text, sizeof(text), level) == Z_OK);
	CHECK(level == 0 || n < sizeof(text) / 4);
	memset(back, 0, sizeof(back));
	CHECK(uncompress(back, &m, packed, n) == Z_OK);
	CHECK(m == sizeof(text) && !memcmp(text, back, m));
	return 0;
}

/* One changed bit in the middle, and a stream that ends early. */
static int damaged(void)
{
	uLongf n = sizeof(packed), m = sizeof(back);

	CHECK(compress2(packed, &n, text, sizeof(text), 6) == Z_OK);
	packed[n / 2] ^= 4;
	CHECK(uncompress(back, &m, packed, n) == Z_DATA_ERROR);
	packed[n / 2] ^= 4;
	m = sizeof(back);
	CHECK(uncompress(back, &m, packed, n / 2) != Z_OK);
	printf("damaged: %s\n", zError(Z_DATA_ERROR));
	return 0;
}

int main(void)
{
	int level;

	for (int i = 0; i < SIZE; i++)
		text[i] = (unsigned char)("unikernel"[i % 9] + i / 1000);
	for (level = 0; level <= 9; level++)
		if (there_and_back(level))
			return 1;
	printf("crc32: %lx\n", crc32(0, (const Bytef *)"123456789", 9));
	return damaged();
}
