/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uk/refcount.h>

#include <cmocka.h>

static jmp_buf caught;
static const char *volatile said;

void uk_refcount_corrupt(const char *why)
{
	said = why;
	longjmp(caught, 1);
}

/* What is said of a count of n that is taken (how > 0) or given back. */
static const char *after(unsigned int n, int how)
{
	struct uk_refcount r;

	said = "nothing";
	uk_refcount_init(&r, n);
	if (setjmp(caught))
		return said;
	if (how > 0)
		uk_refcount_acquire(&r);
	else
		uk_refcount_release(&r);
	return said;
}

static void last_one_frees(void **state)
{
	struct uk_refcount r;

	(void)state;
	uk_refcount_init(&r, 1);
	uk_refcount_acquire(&r);
	assert_int_equal(uk_refcount_read(&r), 2);
	assert_false(uk_refcount_release(&r));
	assert_true(uk_refcount_release(&r));
}

static void edges(void **state)
{
	(void)state;
	assert_string_equal(after(1, 1), "nothing");
	assert_string_equal(after(UK_REFCOUNT_MAX - 1, 1), "nothing");
	assert_string_equal(after(UK_REFCOUNT_MAX, 1), "taken too often");
	assert_string_equal(after(UINT32_MAX, 1), "taken too often");
	assert_string_equal(after(0, 1), "taken after the last was given back");
	assert_string_equal(after(UK_REFCOUNT_MAX, -1), "nothing");
	assert_string_equal(after(UK_REFCOUNT_MAX + 1, -1),
			    "given back, but out of range");
	assert_string_equal(after(0, -1), "given back too often");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_one_frees),
		cmocka_unit_test(edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
