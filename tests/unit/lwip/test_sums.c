/* SPDX-License-Identifier: BSD-3-Clause */
/* Checksums against their definition, the keyed hash against its authors'
 * vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <arch/cc.h>
#include "siphash.h"

/* RFC 1071, with numbers in the order of the bytes. */
static uint16_t by_definition(const uint8_t *p, size_t n)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += (uint64_t)p[i] << (i % 2 ? 8 : 0);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* 0 and 0xffff are the same number, and 0 only of nothing but zeroes. */
static void same(const uint8_t *p, size_t n)
{
	uint16_t got = uk_lwip_checksum(p, (int)n);

	assert_int_equal(got, by_definition(p, n));
}

static void test_sum(void **state)
{
	static uint8_t b[2100];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(b); i++)
		b[i] = (uint8_t)(rand() >> 7);
	for (n = 0; n < 200; n++)
		for (i = 0; i < 17; i++)
			same(b + i, n);
	for (n = 1400; n < 1600; n++)
		same(b + n % 16, n);
	memset(b, 0xff, sizeof(b));
	for (n = 0; n < sizeof(b); n++)
		same(b, n);
	memset(b, 0, sizeof(b));
	for (n = 0; n < 100; n++)
		same(b, n);
}

/* Every buffer is exactly as long as it says: ASan watches. */
static void test_sum_bounds(void **state)
{
	size_t n;

	(void)state;
	for (n = 1; n < 100; n++) {
		uint8_t *p = malloc(n);

		memset(p, (int)n, n);
		same(p, n);
		free(p);
	}
}

/* Key 00 01 .. 0f, message 00 01 .. (8n - 1): SipHash-2-4's test vectors. */
static void test_siphash(void **state)
{
	static const uint64_t key[2] = {
		0x0706050403020100, 0x0f0e0d0c0b0a0908,
	};
	static const uint64_t want[] = {
		0x726fdb47dd0e0e31, 0x93f5f5799a932462, 0x3f2acc7f57c29bdb,
	};
	uint64_t words[2] = { 0x0706050403020100, 0x0f0e0d0c0b0a0908 };
	size_t n;

	(void)state;
	for (n = 0; n < 3; n++)
		assert_true(lwip_siphash(key, words, n) == want[n]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum), cmocka_unit_test(test_sum_bounds),
		cmocka_unit_test(test_siphash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
