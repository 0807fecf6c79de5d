/* SPDX-License-Identifier: BSD-3-Clause */
/* Shifts of 128 bits against the compiler's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* The host's compiler has these names for itself. */
#define __ashlti3 left
#define __lshrti3 right_logical
#define __ashrti3 right_arithmetic
#include "../../../arch/arm64/shift.c"

static void shifts(void **state)
{
	static const uint64_t words[] = {
		0, 1, 0x8000000000000000, UINT64_MAX, 0x0123456789abcdef,
	};
	size_t h, l;
	int n;

	(void)state;
	for (h = 0; h < 5; h++)
		for (l = 0; l < 5; l++)
			for (n = 0; n < 128; n++) {
				u128 v = (u128)words[h] << 64 | words[l];

				assert_true(left(v, n) == v << n);
				assert_true(right_logical(v, n) == v >> n);
				assert_true(right_arithmetic((__int128)v, n) ==
					    (__int128)v >> n);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shifts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
