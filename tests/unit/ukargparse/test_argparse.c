/* SPDX-License-Identifier: BSD-3-Clause */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/argparse.h>
#include <uk/errno.h>

/* ---- words ---- */

#define MAX 8
static char text[256];
static char *argv[MAX];
static size_t n;
static struct uk_args_error err;

static int split(const char *line)
{
	return uk_args_split(line, strlen(line), text, argv, MAX, &n, &err);
}

static const struct {
	const char *line;
	const char *words[MAX];
} lines[] = {
	{ "", { 0 } },
	{ " \t\n\v\f\r ", { 0 } },
	{ "a", { "a" } },
	{ "  a  bc\td\n", { "a", "bc", "d" } },
	{ "'a b' \"c d\"", { "a b", "c d" } },
	{ "''", { "" } },
	{ "'' \"\" x", { "", "", "x" } },
	{ "a'b c'd", { "ab cd" } },
	{ "a\\ b \\'c \\\\", { "a b", "'c", "\\" } },
	{ "'a\\b'", { "a\\b" } },
	{ "\"a\\\"b\\\\c\\d\"", { "a\"b\\c\\d" } },
	{ "'\"' \"'\"", { "\"", "'" } },
	{ "x=\"1 2\" -- y", { "x=1 2", "--", "y" } },
	{ "\x01\x7f\xff", { "\x01\x7f\xff" } },
	{ "1 2 3 4 5 6 7 8", { "1", "2", "3", "4", "5", "6", "7", "8" } },
};

static void lines_into_words(void **st)
{
	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(lines); i++) {
		size_t k;

		assert_int_equal(split(lines[i].line), 0);
		for (k = 0; k < MAX && lines[i].words[k]; k++) {
			assert_true(k < n);
			assert_string_equal(argv[k], lines[i].words[k]);
		}
		assert_int_equal(n, k);
	}
}

static void lines_refused(void **st)
{
	static const struct {
		const char *line;
		size_t len, word, column;
		enum uk_args_fault fault;
	} bad[] = {
		{ "a 'b", 4, 1, 3, UK_ARGS_QUOTE },
		{ "a  \"b\\\"", 7, 1, 4, UK_ARGS_QUOTE },
		{ "\"", 1, 0, 1, UK_ARGS_QUOTE },
		{ "ab \\", 4, 1, 4, UK_ARGS_BACKSLASH },
		{ "ab c\0d e", 8, 1, 4, UK_ARGS_NUL },
		{ "'\0'", 3, 0, 1, UK_ARGS_NUL },
		{ "\\\0", 2, 0, 1, UK_ARGS_NUL },
		{ "1 2 3 4 5 6 7 8 9", 17, 8, 17, UK_ARGS_MANY },
	};

	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(bad); i++) {
		int rc = uk_args_split(bad[i].line, bad[i].len, text, argv,
				       MAX, &n, &err);

		assert_int_equal(rc, bad[i].fault == UK_ARGS_MANY ? -E2BIG :
				 -EINVAL);
		assert_int_equal(err.fault, bad[i].fault);
		assert_int_equal(err.word, bad[i].word);
		assert_null(err.param);
		assert_int_equal(uk_args_column(bad[i].line, bad[i].len,
						err.word), bad[i].column);
	}
}

/* Any words, quoted in any way that keeps them, come back. */
static void words_survive_quoting(void **st)
{
	static const char set[] = "ab \t'\"\\-=.";

	(void)st;
	for (int round = 0; round < 20000; round++) {
		char want[MAX][12], line[512];
		size_t at = 0, words = (size_t)rand() % (MAX + 1);

		for (size_t w = 0; w < words; w++) {
			size_t len = (size_t)rand() % sizeof(want[w]);

			for (size_t i = 0; i < len; i++)
				want[w][i] = set[(size_t)rand() %
						 (sizeof(set) - 1)];
			want[w][len ? len - 1 : 0] = '\0';
			line[at++] = ' ';
			line[at++] = '\'';	/* also for an empty word */
			line[at++] = '\'';
			for (const char *p = want[w]; *p; p++) {
				int how = rand() % 3;

				if (how == 0 || (how == 1 && *p == '\''))
					at += (size_t)sprintf(line + at, "\\%c",
							      *p);
				else if (how == 1)
					at += (size_t)sprintf(line + at, "'%c'",
							      *p);
				else
					at += (size_t)sprintf(line + at,
						strchr("\"\\", *p) ?
						"\"\\%c\"" : "\"%c\"", *p);
			}
		}
		line[at] = '\0';
		assert_int_equal(split(line), 0);
		assert_int_equal(n, words);
		for (size_t w = 0; w < words; w++)
			assert_string_equal(argv[w], want[w]);
	}
}

static void separators(void **st)
{
	(void)st;
	assert_int_equal(split("a -- b --"), 0);
	assert_int_equal(uk_args_separator(argv, n), 1);
	assert_int_equal(split("a --b -"), 0);
	assert_int_equal(uk_args_separator(argv, n), 3);
	assert_int_equal(uk_args_column("ab  cd", 6, 1), 5);
	assert_int_equal(uk_args_column("ab  cd", 6, 9), 7);
	assert_int_equal(uk_args_column("", 0, 0), 1);
}

/* ---- parameters ---- */

static bool flag, other_flag;
static int mtu, any_int;
static uint64_t size64;
static char name[8];
static char custom[64];
static int custom_checks;

static int parse_custom(const char *value, bool apply)
{
	if (!strcmp(value, "bad"))
		return -EINVAL;
	if (strlen(value) > 5)
		return -E2BIG;
	if (apply)
		strcat(strcat(custom, value), ";");
	custom_checks += !apply;
	return 0;
}

UK_PARAM(net, flag, bool, &flag, "a switch");
UK_PARAM(net, flag2, bool, &other_flag, "another");
UK_PARAM_RANGE(net, mtu, &mtu, -5, 9000, "bytes");
UK_PARAM(dev, any, int, &any_int, "any number");
UK_PARAM(dev, size, uint64, &size64, "bytes");
UK_PARAM(dev, name, string, &name, "a name");
UK_PARAM_PARSER(dev, custom, parse_custom, "up to 5 letters", "text");

static struct uk_param table[8];
static struct uk_params tab;

static int setup(void **st)
{
	(void)st;
	flag = other_flag = false;
	mtu = 1500;
	any_int = 1;
	size64 = 2;
	strcpy(name, "old");
	custom[0] = '\0';
	custom_checks = 0;
	memset(&err, 0, sizeof(err));
	table[0] = uk_param_net_flag;
	table[1] = uk_param_net_flag2;
	table[2] = uk_param_net_mtu;
	table[3] = uk_param_dev_any;
	table[4] = uk_param_dev_size;
	table[5] = uk_param_dev_name;
	table[6] = uk_param_dev_custom;
	tab = (struct uk_params){ table, table + 7 };
	return 0;
}

static int set(const char *line)
{
	assert_int_equal(split(line), 0);
	return uk_params_set(&tab, argv, n, &err);
}

static void values_arrive(void **st)
{
	(void)st;
	assert_int_equal(set("net.flag net.flag2=on net.mtu=0x10 dev.any=-7 "
			     "dev.size=18446744073709551615 dev.name=abcdefg "
			     "dev.custom=x"), 0);
	assert_true(flag && other_flag);
	assert_int_equal(mtu, 16);
	assert_int_equal(any_int, -7);
	assert_true(size64 == UINT64_MAX);
	assert_string_equal(name, "abcdefg");
	assert_string_equal(custom, "x;");
	assert_int_equal(set("net.flag=no dev.name= net.mtu=-5 dev.any=0X7Fff "
			     "dev.size=0xffffffffffffffff"), 0);
	assert_false(flag);
	assert_string_equal(name, "");
	assert_int_equal(mtu, -5);
	assert_int_equal(any_int, 0x7fff);
	assert_int_equal(set("dev.any=-2147483648 net.flag2=false"), 0);
	assert_int_equal(any_int, INT_MIN);
	assert_int_equal(set("dev.any=2147483647"), 0);
	assert_int_equal(any_int, INT_MAX);
	assert_int_equal(set(""), 0);
}

static void custom_keeps_order(void **st)
{
	(void)st;
	assert_int_equal(set("dev.custom=a dev.custom=bb dev.custom=a=b"), 0);
	assert_string_equal(custom, "a;bb;a=b;");
	assert_int_equal(custom_checks, 3);
}

static const struct {
	const char *line;
	enum uk_args_fault fault;
	size_t word;
} refused[] = {
	{ "flag", UK_ARGS_FORM, 0 },
	{ "net.flag =", UK_ARGS_FORM, 1 },
	{ ".flag", UK_ARGS_FORM, 0 },
	{ "net.", UK_ARGS_FORM, 0 },
	{ "net.=1", UK_ARGS_FORM, 0 },
	{ "x=a.b", UK_ARGS_FORM, 0 },
	{ "''", UK_ARGS_FORM, 0 },
	{ "net.flag net.mtu=7 nett.flag", UK_ARGS_LIBRARY, 2 },
	{ "ne.flag", UK_ARGS_LIBRARY, 0 },
	{ "Net.flag", UK_ARGS_LIBRARY, 0 },
	{ "net.fla", UK_ARGS_NAME, 0 },
	{ "net.flag3", UK_ARGS_NAME, 0 },
	{ "net.any=1", UK_ARGS_NAME, 0 },
	{ "net.mtu=1 dev.any=2 net.mtu=3", UK_ARGS_TWICE, 2 },
	{ "net.flag net.flag=no", UK_ARGS_TWICE, 1 },
	{ "net.flag=", UK_ARGS_VALUE, 0 },
	{ "net.flag=YES", UK_ARGS_VALUE, 0 },
	{ "net.mtu", UK_ARGS_VALUE, 0 },
	{ "net.mtu=", UK_ARGS_VALUE, 0 },
	{ "net.mtu=-6", UK_ARGS_VALUE, 0 },
	{ "net.mtu=9001", UK_ARGS_VALUE, 0 },
	{ "net.mtu=1x", UK_ARGS_VALUE, 0 },
	{ "net.mtu=0x", UK_ARGS_VALUE, 0 },
	{ "net.mtu=0xg", UK_ARGS_VALUE, 0 },
	{ "net.mtu=+1", UK_ARGS_VALUE, 0 },
	{ "net.mtu=--1", UK_ARGS_VALUE, 0 },
	{ "net.mtu=-", UK_ARGS_VALUE, 0 },
	{ "net.mtu='1 '", UK_ARGS_VALUE, 0 },
	{ "net.mtu=1a", UK_ARGS_VALUE, 0 },
	{ "dev.any=2147483648", UK_ARGS_VALUE, 0 },
	{ "dev.any=-2147483649", UK_ARGS_VALUE, 0 },
	{ "dev.any=18446744073709551617", UK_ARGS_VALUE, 0 },
	{ "dev.size=18446744073709551616", UK_ARGS_VALUE, 0 },
	{ "dev.size=0x10000000000000000", UK_ARGS_VALUE, 0 },
	{ "dev.size=-1", UK_ARGS_VALUE, 0 },
	{ "dev.name", UK_ARGS_VALUE, 0 },
	{ "dev.name=abcdefgh", UK_ARGS_LONG, 0 },
	{ "dev.custom=x dev.custom=bad", UK_ARGS_VALUE, 1 },
	{ "dev.custom=123456", UK_ARGS_LONG, 0 },
};

/* Whatever is wrong, nothing at all is applied. */
static void refused_as_a_whole(void **st)
{
	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(refused); i++) {
		char line[128];

		snprintf(line, sizeof(line), "net.flag2=on %s",
			 refused[i].line);
		assert_int_equal(set(line), -EINVAL);
		if (err.fault != refused[i].fault)
			fail_msg("%s: fault %d", line, err.fault);
		assert_int_equal(err.word, refused[i].word + 1);
		assert_int_equal(err.param != NULL,
				 err.fault >= UK_ARGS_TWICE);
		assert_false(flag || other_flag);
		assert_int_equal(mtu, 1500);
		assert_int_equal(any_int, 1);
		assert_int_equal(size64, 2);
		assert_string_equal(name, "old");
		assert_string_equal(custom, "");
	}
}

static void what_is_allowed(void **st)
{
	char buf[80];

	(void)st;
	assert_string_equal(uk_param_form(table, buf, sizeof(buf)),
			    "yes or no");
	assert_string_equal(uk_param_form(table + 2, buf, sizeof(buf)),
			    "a number from -5 to 9000");
	assert_string_equal(uk_param_form(table + 3, buf, sizeof(buf)),
			    "a number from -2147483648 to 2147483647");
	assert_string_equal(uk_param_form(table + 4, buf, sizeof(buf)),
			    "a number from 0 to 18446744073709551615");
	assert_string_equal(uk_param_form(table + 5, buf, sizeof(buf)),
			    "up to 7 bytes");
	assert_string_equal(uk_param_form(table + 6, buf, 10), "up to 5 l");
	assert_true(uk_param_of_lib("net.x", "net"));
	assert_true(uk_param_of_lib("net", "net"));
	assert_false(uk_param_of_lib("nett.x", "net"));
	assert_false(uk_param_of_lib("ne", "net"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_into_words),
		cmocka_unit_test(lines_refused),
		cmocka_unit_test(words_survive_quoting),
		cmocka_unit_test(separators),
		cmocka_unit_test_setup(values_arrive, setup),
		cmocka_unit_test_setup(custom_keeps_order, setup),
		cmocka_unit_test_setup(refused_as_a_whole, setup),
		cmocka_unit_test_setup(what_is_allowed, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
