/* SPDX-License-Identifier: BSD-3-Clause */
/* What ping's command line means, and what it makes of the times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "options.h"
#include "summary.h"

static struct options o;

static const char *parse(const char *line)
{
	static char words[200], *argv[20];
	int argc = 1;
	char *p;

	argv[0] = words;
	strncpy(words, line, sizeof(words) - 1);
	for (p = strtok(words, " "); p; p = strtok(NULL, " "))
		argv[argc++] = p;
	return options_parse(argc, argv, &o);
}

static void test_right(void **state)
{
	(void)state;
	assert_null(parse(""));
	assert_null(o.address);
	assert_int_equal(o.count, 0);
	assert_int_equal(o.size, 56);
	assert_int_equal(o.interval_ns, 1000000000);
	assert_null(parse("-c 3 -i 0.25 10.0.2.2 -s0 -W2"));
	assert_string_equal(o.address, "10.0.2.2");
	assert_int_equal(o.count, 3);
	assert_int_equal(o.size, 0);
	assert_int_equal(o.interval_ns, 250000000);
	assert_int_equal(o.patience_ns, 2000000000);
	assert_null(parse("-c1000000 -s1452 -i3600 -W0.010000000 ::1"));
	assert_int_equal(o.interval_ns, 3600ull * 1000000000);
	assert_int_equal(o.patience_ns, 10000000);
	assert_null(parse("-i 1.999999999 x"));
	assert_int_equal(o.interval_ns, 1999999999);
}

static void test_wrong(void **state)
{
	static const char *const lines[] = {
		"-c", "-c 0", "-c -1", "-c 1000001", "-c 3x", "-c 4294967297",
		"-c 99999999999999999999999", "-s 1453", "-s", "-i 0", "-i .5",
		"-i 0.001", "-i 1.", "-i 1.0000000001", "-i 3601", "-i 1e3",
		"-W x", "-", "--", "-x", "-q 1", "a b",
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (!parse(lines[i]))
			fail_msg("taken: %s", lines[i]);
}

static void test_summary(void **state)
{
	struct summary s = { 0 };

	(void)state;
	assert_int_equal(summary_loss(&s), 0);
	assert_int_equal(summary_spread(&s), 0);
	s.sent = 5;
	assert_int_equal(summary_loss(&s), 100);
	summary_add(&s, 400);
	assert_int_equal(s.min, 400);
	assert_int_equal(summary_spread(&s), 0);
	summary_add(&s, 200);
	summary_add(&s, 600);
	assert_int_equal(s.min, 200);
	assert_int_equal(s.max, 600);
	assert_int_equal(summary_mean(&s), 400);
	assert_int_equal(summary_spread(&s), 163);	/* of 163.3 */
	assert_int_equal(summary_loss(&s), 40);
	s.sent = 3;
	assert_int_equal(summary_loss(&s), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_right), cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_summary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
