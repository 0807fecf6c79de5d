/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memory functions of core/base: every size up to 200 and some beyond, at
 * every alignment, against both ends of a page, compared with the host's.
 */
#include <stdlib.h>
#include <string.h>
#include "host.h"
#include "guard.h"

NL(memcpy); NL(memmove); NL(memset); NL(memcmp); NL(memchr); NL(strlen);
NL(strnlen); NL(strcmp); NL(strncmp); NL(strchr); NL(strrchr);

static char *a, *b;
static char want[GUARD_PAGE];

static void noise(char *p)
{
	size_t i;

	for (i = 0; i < GUARD_PAGE; i++)
		p[i] = (char)host_random();
}

static size_t nth_size(int i)
{
	return i < 200 ? (size_t)i : (size_t)(i - 199) * 61;
}
#define SIZES 260

/* Places of n bytes: the first 16 of the page, and the last 16. */
static size_t nth_place(int i, size_t n)
{
	return i < 16 ? (size_t)i : GUARD_PAGE - n - (size_t)(i - 16);
}
#define PLACES 32

static int setup(void **state)
{
	(void)state;
	a = guard_page();
	b = guard_page();
	return 0;
}

static void copies(void **state)
{
	int i, j, k;

	(void)state;
	for (i = 0; i < SIZES; i++)
		for (j = 0; j < PLACES; j++) {
			size_t n = nth_size(i), to = nth_place(j, n), from;

			if (n + 16 > GUARD_PAGE)
				continue;
			k = (int)host_below(PLACES);
			from = nth_place(k, n);
			noise(a);
			memcpy(want, b, GUARD_PAGE);
			memcpy(want + to, a + from, n);
			assert_ptr_equal(nl_memcpy(b + to, a + from, n),
					 b + to);
			assert_memory_equal(b, want, GUARD_PAGE);
		}
}

static void overlaps(void **state)
{
	int i, shift;

	(void)state;
	for (i = 0; i < SIZES; i++)
		for (shift = -70; shift <= 70; shift++) {
			size_t n = nth_size(i);
			char *from = shift < 0 ? a + GUARD_PAGE - n : a;

			if (n + 70 > GUARD_PAGE)
				continue;
			if (shift % 7 == 0)
				noise(a);
			memcpy(want, a, GUARD_PAGE);
			memmove(want + (from - a) + shift, want + (from - a),
				n);
			assert_ptr_equal((i & 1 ? nl_memmove : nl_memcpy)(
					from + shift, from, n), from + shift);
			assert_memory_equal(a, want, GUARD_PAGE);
		}
}

static void fills(void **state)
{
	int i, j;

	(void)state;
	for (i = 0; i < SIZES; i++)
		for (j = 0; j < PLACES; j++) {
			size_t n = nth_size(i), at = nth_place(j, n);
			int c = (int)host_random();

			if (n + 16 > GUARD_PAGE)
				continue;
			memcpy(want, a, GUARD_PAGE);
			memset(want + at, c, n);
			assert_ptr_equal(nl_memset(a + at, c, n), a + at);
			assert_memory_equal(a, want, GUARD_PAGE);
		}
}

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

static void comparisons(void **state)
{
	int i, j;

	(void)state;
	noise(a);
	for (i = 0; i < SIZES; i++)
		for (j = 0; j < PLACES; j++) {
			size_t n = nth_size(i), at = nth_place(j, n);
			size_t from, flip;

			if (n + 16 > GUARD_PAGE)
				continue;
			from = nth_place((int)host_below(PLACES), n);
			memcpy(b + from, a + at, n);
			assert_int_equal(nl_memcmp(a + at, b + from, n), 0);
			if (!n)
				continue;
			flip = host_below((unsigned int)n);
			b[from + flip] ^= (char)(1 << host_below(8));
			b[from + n - 1] ^= host_below(2) ? 0 : 0x40;
			assert_int_equal(sign(nl_memcmp(a + at, b + from, n)),
					 sign(memcmp(a + at, b + from, n)));
			assert_ptr_equal(nl_memchr(a + at, a[at + flip], n),
					 memchr(a + at, a[at + flip], n));
			assert_ptr_equal(nl_memchr(a + at, 256 + 'x', n),
					 memchr(a + at, 'x', n));
		}
}

/* Strings that end right before the page that traps */
static void strings(void **state)
{
	size_t n, at;

	(void)state;
	for (n = 0; n < 200; n++)
		for (at = 0; at < 24; at++) {
			char *s = at < 16 ? a + at : a + GUARD_PAGE - n - 1 -
				(at - 16);
			char *t = b + GUARD_PAGE - n - 1;
			int c = (int)host_below(4) + 'a';
			size_t i, max = host_below(220);

			for (i = 0; i < n; i++)
				s[i] = t[i] = (char)(host_below(4) + 'a');
			s[n] = t[n] = 0;
			assert_int_equal(nl_strlen(s), n);
			assert_int_equal(nl_strnlen(s, max), strnlen(s, max));
			assert_int_equal(nl_strnlen(s, n), n);
			assert_int_equal(nl_strnlen(s, SIZE_MAX), n);
			assert_ptr_equal(nl_strchr(s, c), strchr(s, c));
			assert_ptr_equal(nl_strrchr(s, c), strrchr(s, c));
			assert_ptr_equal(nl_strchr(s, 256), s + n);
			assert_ptr_equal(nl_strrchr(s, 0), s + n);
			assert_null(nl_strchr(s, 'z'));
			assert_null(nl_strrchr(s, 'z'));
			assert_int_equal(nl_strcmp(s, t), 0);
			assert_int_equal(nl_strncmp(s, t, max), 0);
			if (!n)
				continue;
			i = host_below((unsigned int)n);
			t[i] = (char)(host_below(255) + 1);
			assert_int_equal(sign(nl_strcmp(s, t)),
					 sign(strcmp(s, t)));
			assert_int_equal(sign(nl_strncmp(s, t, max)),
					 sign(strncmp(s, t, max)));
			t[i] = 0;
			assert_true(nl_strcmp(s, t) > 0);
			assert_true(nl_strcmp(t, s) < 0);
			/* No NUL within n: not read any further */
			assert_int_equal(nl_strncmp(s, a + GUARD_PAGE, 0), 0);
		}
	memset(a + GUARD_PAGE - 8, 'x', 8);
	assert_int_equal(nl_strnlen(a + GUARD_PAGE - 8, 8), 8);
	memset(b + GUARD_PAGE - 8, 'x', 8);
	assert_int_equal(nl_strncmp(a + GUARD_PAGE - 8, b + GUARD_PAGE - 8, 8),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies),
		cmocka_unit_test(overlaps),
		cmocka_unit_test(fills),
		cmocka_unit_test(comparisons),
		cmocka_unit_test(strings),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
