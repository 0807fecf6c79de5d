/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include "relink.h"

static void derive(const char *what, const void *bytes, size_t len,
		   uint64_t nr, uint8_t out[32])
{
	uint8_t number[8];
	struct sha256 s;

	for (unsigned int i = 0; i < 8; i++)
		number[i] = (uint8_t)(nr >> 8 * i);
	sha256_init(&s);
	sha256_add(&s, what, strlen(what) + 1);
	sha256_add(&s, number, sizeof(number));
	sha256_add(&s, bytes, len);
	sha256_end(&s, out);
}

struct seed seed_from(const void *bytes, size_t len, uint64_t nr)
{
	struct seed s;

	derive("redoubt relink key", bytes, len, nr, s.key);
	derive("redoubt relink commitment", bytes, len, nr, s.commitment);
	return s;
}

void seed_hex(const uint8_t *p, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02x", p[i]);
}

void seed_draw(char hex[65])
{
	uint8_t bytes[32];

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		die("seed", "this machine has no random numbers");
	seed_hex(bytes, sizeof(bytes), hex);
}
