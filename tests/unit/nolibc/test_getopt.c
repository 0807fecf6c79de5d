/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * getopt, getopt_long and getopt_long_only against the host's: the same
 * options, arguments and remaining operands for generated command lines.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "host.h"

NL(getopt); NL(getopt_long); NL(getopt_long_only);
NL(optarg); NL(optind); NL(opterr); NL(optopt);

enum { SHORT, LONG, LONG_ONLY };
#define MAX_ARGS 9

static int flag_value;
static const struct option long_options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "almost", no_argument, NULL, 'A' },
	{ "be", optional_argument, NULL, 'b' },
	{ "bee", required_argument, NULL, 'B' },
	{ "color", required_argument, NULL, 'c' },
	{ "colour", required_argument, NULL, 'c' },
	{ "flag", no_argument, &flag_value, 42 },
	{ "x", no_argument, NULL, 1000 },
	{ NULL, 0, NULL, 0 },
};

static int call(int kind, int ours, int argc, char **argv, const char *set,
		int *index)
{
	switch (kind) {
	case SHORT:
		return (ours ? nl_getopt : getopt)(argc, argv, set);
	case LONG:
		return (ours ? nl_getopt_long : getopt_long)(argc, argv, set,
							     long_options,
							     index);
	}
	return (ours ? nl_getopt_long_only : getopt_long_only)(argc, argv, set,
							       long_options,
							       index);
}

static void compare(int kind, int argc, char **words, const char *set)
{
	char *mine[MAX_ARGS + 2], *theirs[MAX_ARGS + 2], line[200] = "";
	int i, n, m, a, b;

	memcpy(mine, words, sizeof(mine));
	memcpy(theirs, words, sizeof(theirs));
	for (i = 1; i < argc; i++)
		sprintf(line + strlen(line), " %s", words[i]);
	nl_optind = optind = 0;
	for (i = 0; i < 100; i++) {
		a = b = -7;
		nl_optopt = optopt = 'z';
		flag_value = 0;
		n = call(kind, 1, argc, mine, set, &a);
		if (n == 0 && a == 6)
			assert_int_equal(flag_value, 42);
		m = call(kind, 0, argc, theirs, set, &b);
		if (n != m || a != b || !nl_optarg != !optarg ||
		    (optarg && strcmp(nl_optarg, optarg)) ||
		    (n == '?' && nl_optopt != optopt))
			fail_msg("%d \"%s\"%s: option %d is %d (%s) opt %d, "
				 "wanted %d (%s) opt %d", kind, set, line, i, n,
				 nl_optarg, nl_optopt, m, optarg, optopt);
		if (n == -1)
			break;
	}
	if (nl_optind != optind)
		fail_msg("%d \"%s\"%s: optind %d, wanted %d", kind, set, line,
			 nl_optind, optind);
	for (i = 0; i < argc; i++)
		if (strcmp(mine[i], theirs[i]))
			fail_msg("%d \"%s\"%s: argv[%d] is %s, wanted %s", kind,
				 set, line, i, mine[i], theirs[i]);
}

static const char *const sets[] = {
	"ab:c::d", "+ab:c::d", "-ab:c::d", ":ab:c::d", "+:ab:c", "-:ab:c", "",
	":", "abx",
};
static const char *const words[] = {
	"-a", "-b", "-c", "-d", "-ab", "-ba", "-bx", "-cx", "-adc", "-z", "-az",
	"-", "--", "file", "x", "-a-", "-:", "", "--all", "--al", "--alm",
	"--be", "--be=1", "--bee", "--bee=2", "--co", "--co=red", "--colour",
	"--flag", "--f=1", "--nope", "--nope=3", "--all=4", "--x", "-x",
	"-all", "-bee", "-fl", "--bee=", "--=5", "-all=6",
};
#define N(list) (sizeof(list) / sizeof(list[0]))

static void lines(void **state)
{
	char *argv[MAX_ARGS + 2];
	int i, j, argc;

	(void)state;
	nl_opterr = opterr = 0;
	for (i = 0; i < 150000; i++) {
		memset(argv, 0, sizeof(argv));
		argc = 1 + (int)host_below(MAX_ARGS);
		argv[0] = (char *)"prog";
		for (j = 1; j < argc; j++)
			argv[j] = (char *)words[host_below(i % 3 ? N(words) :
							   18)];
		compare(i % 3, argc, argv, sets[host_below(N(sets))]);
	}
}

/* Every single word and every pair */
static void pairs(void **state)
{
	char *argv[MAX_ARGS + 2] = { (char *)"prog" };
	size_t i, j, s;
	int kind;

	(void)state;
	for (kind = SHORT; kind <= LONG_ONLY; kind++)
		for (s = 0; s < N(sets); s++)
			for (i = 0; i < N(words); i++) {
				argv[1] = (char *)words[i];
				argv[2] = NULL;
				compare(kind, 2, argv, sets[s]);
				for (j = 0; j < N(words); j++) {
					argv[2] = (char *)words[j];
					compare(kind, 3, argv, sets[s]);
				}
			}
	argv[0] = NULL;
	nl_optind = 0;
	assert_int_equal(nl_getopt(0, argv, "a"), -1);
}

static void complaint(const char *word, const char *set, const char *says)
{
	char *argv[] = { (char *)"prog", (char *)word, NULL };

	nl_optind = 0;
	host_console_clear();
	assert_int_equal(nl_getopt_long(2, argv, set, long_options, NULL),
			 *set == ':' && strstr(word, "b") ? ':' : '?');
	assert_string_equal(host_console, says);
}

static void complaints(void **state)
{
	(void)state;
	nl_opterr = 1;
	complaint("-z", "a", "prog: unknown option: z\n");
	complaint("-b", "b:", "prog: argument missing: b\n");
	complaint("--bee", "a", "prog: argument missing: --bee\n");
	complaint("--nope=1", "a", "prog: unknown option: --nope=1\n");
	complaint("--al", "a", "prog: ambiguous option: --al\n");
	complaint("--all=1", "a", "prog: unexpected argument: --all=1\n");
	complaint("-z", ":a", "");
	complaint("-b", ":b:", "");
	nl_opterr = 0;
	complaint("-z", "a", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(pairs),
		cmocka_unit_test(complaints),
	};

	unsetenv("POSIXLY_CORRECT");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
