/* SPDX-License-Identifier: BSD-3-Clause */
/* bytes_skip() against the loop that it stands for, at the end of a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#define PAGE 4096
#define MOST 400

const uint8_t *bytes_skip(const uint8_t *p, const uint8_t *end);

static uint8_t *page;

static int map(void **state)
{
	(void)state;
	page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return page == MAP_FAILED || mprotect(page + PAGE, PAGE, PROT_NONE);
}

static const uint8_t *expected(const uint8_t *p, const uint8_t *end)
{
	for (; end - p >= 64; p += 64)
		for (int i = 0; i < 64; i++)
			if (p[i] == 0x0f && (p[i + 1] == 1 || p[i + 1] == 0xc7))
				return p + i;
	return p;
}

/* Bytes of which many are first or second ones; every length. */
static void any_text(void **state)
{
	static const uint8_t often[] = { 0x0f, 0x01, 0xc7, 0xef };

	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		size_t n = (size_t)rand() % MOST;
		uint8_t *p = page + PAGE - n - 1, *end = p + n;
		int rare = 1 << rand() % 9;

		for (size_t i = 0; i <= n; i++)
			p[i] = rand() % rare ? (uint8_t)rand() :
					       often[rand() % 4];
		assert_ptr_equal(bytes_skip(p, end), expected(p, end));
	}
}

/* One pair at each place, and what is like it but is none. */
static void each_place(void **state)
{
	static const uint8_t second[] = { 0x01, 0xc7, 0x00, 0xc6, 0x0f };
	uint8_t *p = page + PAGE - 193, *end = p + 192;

	(void)state;
	for (int at = 0; at < 192; at++)
		for (size_t i = 0; i < sizeof(second); i++) {
			memset(p, 0x90, 193);
			p[at] = 0x0f;
			p[at + 1] = second[i];
			assert_ptr_equal(bytes_skip(p, end),
					 i < 2 ? p + at : end);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text),
		cmocka_unit_test(each_place),
	};

	return cmocka_run_group_tests(tests, map, NULL);
}
