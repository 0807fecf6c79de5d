/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/initrd.h>

static char archive[4096];
static size_t used;

/* One entry more, its name and data padded as cpio does. */
static void add(const char *name, unsigned int mode, const char *text)
{
	size_t n = strlen(name) + 1, len = strlen(text);

	used += (size_t)sprintf(archive + used, "070701%08x%08x%08x%08x%08x"
				"%08x%08x%08x%08x%08x%08x%08x%08x", 1, mode, 0,
				0, 1, 0, (unsigned int)len, 0, 0, 0, 0,
				(unsigned int)n, 0);
	memcpy(archive + used, name, n);
	used = (used + n + 3) & ~3ul;
	memcpy(archive + used, text, len);
	used = (used + len + 3) & ~3ul;
}

static int setup(void **state)
{
	(void)state;
	memset(archive, 0, sizeof(archive));
	used = 0;
	add(".", 040755, "");
	add("./one", 0100644, "first");
	add("/dir/two", 0100600, "");
	add("three", 0100644, "the third one");
	return 0;
}

/* A copy of the first n bytes, so that a byte more is seen. */
static int walk(size_t n, unsigned int *files, size_t *at)
{
	char *copy = malloc(n + !n);
	struct uk_initrd_file f;
	int rc;

	memcpy(copy, archive, n);
	for (*files = 0, *at = 0;; ++*files) {
		rc = uk_cpio_next(copy, n, at, &f);
		if (rc)
			break;
	}
	free(copy);
	return rc;
}

static void reads_names_and_contents(void **state)
{
	struct uk_initrd_file f;
	size_t at = 0;

	(void)state;
	add("TRAILER!!!", 0, "");
	assert_int_equal(uk_cpio_next(archive, used, &at, &f), 0);
	assert_string_equal(f.name, ".");
	assert_int_equal(uk_cpio_next(archive, used, &at, &f), 0);
	assert_string_equal(f.name, "one");
	assert_int_equal(f.len, 5);
	assert_memory_equal(f.data, "first", 5);
	assert_int_equal(UK_INITRD_TYPE(f.mode), UK_INITRD_REGULAR);
	assert_int_equal(uk_cpio_next(archive, used, &at, &f), 0);
	assert_string_equal(f.name, "dir/two");
	assert_int_equal(f.len, 0);
	assert_int_equal(uk_cpio_next(archive, used, &at, &f), 0);
	assert_string_equal(f.name, "three");
	assert_int_equal(uk_cpio_next(archive, used, &at, &f), -ENOENT);
}

static void ends_without_a_trailer(void **state)
{
	unsigned int n;
	size_t at;

	(void)state;
	assert_int_equal(walk(used, &n, &at), -ENOENT);
	assert_int_equal(n, 4);
	/* The loader rounds up with zeroes. */
	assert_int_equal(walk(used + 400, &n, &at), -ENOENT);
	assert_int_equal(n, 4);
}

static void refuses_what_is_cut_off(void **state)
{
	size_t len = used - 3, at;	/* without the last file's padding */
	unsigned int n;

	(void)state;
	assert_int_equal(walk(len, &n, &at), -ENOENT);
	assert_int_equal(n, 4);
	while (--len > 0) {
		int rc = walk(len, &n, &at);

		assert_true(n < 4);
		/* Whole entries and nothing, or not whole and said so */
		assert_true(rc == -EBADMSG || rc == -ENOENT);
		assert_true(at <= len);
	}
}

static void refuses_a_field(size_t at, const char *digits)
{
	unsigned int n;
	size_t where;

	memcpy(archive + at, digits, 8);
	assert_int_equal(walk(used, &n, &where), -EBADMSG);
	assert_int_equal(n, 0);
	assert_int_equal(where, 0);
}

static void refuses_lengths_that_do_not_fit(void **state)
{
	static const char *const large[] = {
		"00001000", "7fffffff", "fffffffc", "ffffffff",
	};
	unsigned int i;

	for (i = 0; i < 4; i++) {
		setup(state);
		refuses_a_field(6 + 8 * 6, large[i]);
		setup(state);
		refuses_a_field(6 + 8 * 11, large[i]);
	}
	setup(state);
	refuses_a_field(6 + 8 * 11, "00000000");
	setup(state);
	refuses_a_field(6 + 8 * 11, "0000000g");
	setup(state);
	refuses_a_field(6 + 8 * 6, "-0000001");
}

static void refuses_a_name_that_does_not_end(void **state)
{
	unsigned int n;
	size_t at;

	(void)state;
	archive[111] = 'x';		/* "." and no NUL */
	assert_int_equal(walk(used, &n, &at), -EBADMSG);
}

static void refuses_another_format(void **state)
{
	unsigned int n;
	size_t at;

	(void)state;
	memcpy(archive, "070702", 6);
	assert_int_equal(walk(used, &n, &at), -EBADMSG);
	assert_int_equal(walk(0, &n, &at), -ENOENT);
	memcpy(archive, "\x1f\x8b", 2);
	assert_int_equal(walk(used, &n, &at), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_names_and_contents, setup),
		cmocka_unit_test_setup(ends_without_a_trailer, setup),
		cmocka_unit_test_setup(refuses_what_is_cut_off, setup),
		cmocka_unit_test_setup(refuses_lengths_that_do_not_fit, setup),
		cmocka_unit_test_setup(refuses_a_name_that_does_not_end, setup),
		cmocka_unit_test_setup(refuses_another_format, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
