/* SPDX-License-Identifier: BSD-3-Clause */
/* The order of a boot, what stops it, and what the command line becomes. */
#undef main
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/param.h>
#include "machine.h"

int init_error, selftest_result;

/* ---- an image ---- */

static int mtu = 1500;
static char name[8] = "none";
UK_PARAM_RANGE(net, mtu, &mtu, 576, 9000, "bytes in a packet");
UK_PARAM(net, name, string, &name, "what we are called");

static int selftest(void)
{
	note("selftest");
	return selftest_result;
}

#define INIT(fn)							\
	static int fn(void)						\
	{								\
		note(#fn);						\
		return 0;						\
	}
INIT(init_late)
INIT(init_lib9)
INIT(init_lib)
INIT(init_sched)
INIT(init_alloc)
/* Not in their order. */
uk_late_initcall(init_late);
uk_lib_initcall_prio(init_lib9, 9);
uk_lib_initcall(init_lib);
uk_sched_initcall(init_sched);
uk_alloc_initcall(init_alloc);

static int init_early(void)
{
	note(uk_boot_info()->seed[5] == 0x77 ? "early" : "?");
	uk_boot_selftest = selftest;
	return init_error;
}
uk_early_initcall_prio(init_early, 0);

static void ctor(void)
{
	/* The loader's seed must not stay in memory. */
	note(uk_boot_info()->seed[5] ? "?" : "ctor");
}

static void dtor_first(void)
{
	note("dtor1");
}

static void dtor_exits(void)
{
	note("dtor2");
	uk_boot_exit(63);
}

static const uk_ctor_fn ctors[] UK_USED UK_SECTION(".uk_ctortab") = { ctor };
static const uk_ctor_fn dtors[] UK_USED UK_SECTION(".uk_dtortab") = {
	dtor_first, dtor_exits,
};

int guest_main(int argc, char **argv);
int guest_main(int argc, char **argv)
{
	char line[256];

	note(uk_boot_info() ? "?" : "main");
	snprintf(line, sizeof(line), "mtu=%d name=%s argc=%d", mtu, name, argc);
	strcat(out->console, line);
	for (int i = 0; i < argc; i++) {
		snprintf(line, sizeof(line), " [%s]", argv[i]);
		strcat(out->console, line);
	}
	if (argv[argc])
		strcat(out->console, " (not closed)");
	return 5;
}

#define BEFORE_ARGS "area(none,0,0,16,ca00) tlsp mem stack:main jump " \
		    "tls:main area(tls!,4,16,16,ca01) tlsp place catch arm "
#define BEFORE_INIT BEFORE_ARGS "plat "

static void set_up(const char *cmdline)
{
	boot(cmdline, strlen(cmdline));
}

/* What is printed besides the banner, whose compiler may differ. */
static const char *said(void)
{
	const char *p = strstr(out->console, "WEAKENED by RAW_POINTERS\n");

	return p ? p + strlen("WEAKENED by RAW_POINTERS\n") : out->console;
}

/* ---- tests ---- */

static void whole_order(void **st)
{
	(void)st;
	set_up("");
	assert_string_equal(out->log, BEFORE_INIT
		"early init_alloc init_sched init_lib init_lib9 init_late "
		"ctor seal selftest disarm read-only main dtor2 ");
	/* A destructor that exits decides the status, and ends it. */
	assert_int_equal(out->status, 63);
	assert_int_equal(strncmp(out->console, "Redoubt 1.2.3: testapp, "
				 "profile standard, ", 42), 0);
	assert_string_equal(said(), "mtu=1500 name=none argc=1 [testapp]");
}

static void what_stops_it(void **st)
{
	static char huge[UK_BOOTINFO_MAX_CMDLINE + 2];

	(void)st;
	memset(huge, 'x', sizeof(huge));
	boot(huge, sizeof(huge) - 1);
	assert_int_equal(out->status, UK_EXIT_BOOT);
	assert_string_equal(out->log, "area(none,0,0,16,ca00) tlsp ");

	no_stack = true;
	set_up("");
	no_stack = false;
	assert_int_equal(out->status, UK_EXIT_BOOT);
	assert_non_null(strstr(out->console, "main stack"));

	no_tls = true;
	set_up("");
	no_tls = false;
	assert_int_equal(out->status, UK_EXIT_BOOT);

	no_catch_page = true;
	set_up("");
	no_catch_page = false;
	assert_int_equal(out->status, UK_EXIT_BOOT);

	bad_plat = true;
	set_up("");
	bad_plat = false;
	assert_int_equal(out->status, UK_EXIT_BOOT);
	assert_string_equal(out->log, BEFORE_INIT);

	init_error = -ENOMEM;
	set_up("");
	init_error = 0;
	assert_int_equal(out->status, UK_EXIT_BOOT);
	assert_string_equal(out->log, BEFORE_INIT "early ");
	assert_string_equal(said(), "Boot: library " __LIBNAME__
			    " cannot start: error -12\n");

	selftest_result = 1;
	set_up("");
	selftest_result = 0;
	assert_int_equal(out->status, UK_EXIT_SELFTEST);
	assert_null(strstr(out->log, " main "));
	assert_null(strstr(out->log, "disarm"));

	bad_lock = true;
	set_up("");
	bad_lock = false;
	assert_int_equal(out->status, UK_EXIT_CRASH);
	assert_null(strstr(out->log, " main "));
}

static void what_main_gets(void **st)
{
	static const struct {
		const char *line, *says;
	} t[] = {
		{ "a 'b c'", "mtu=1500 name=none argc=3 [testapp] [a] [b c]" },
		{ "net.mtu=600 -- a",
		  "mtu=600 name=none argc=2 [testapp] [a]" },
		{ "net.mtu=600", "mtu=1500 name=none argc=2 [testapp] "
		  "[net.mtu=600]" },
		{ "-- net.mtu=600 --", "mtu=1500 name=none argc=3 [testapp] "
		  "[net.mtu=600] [--]" },
		{ "net.name='a b' net.mtu=576 --",
		  "mtu=576 name=a b argc=1 [testapp]" },
		{ "1 2 3 4 5 6 7 8 9 10", "mtu=1500 name=none argc=11 "
		  "[testapp] [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]" },
	};
	static char longest[UK_BOOTINFO_MAX_CMDLINE + 1];

	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(t); i++) {
		set_up(t[i].line);
		assert_int_equal(out->status, 63);
		assert_string_equal(said(), t[i].says);
	}
	memset(longest, 'x', sizeof(longest) - 1);
	longest[7] = ' ';
	boot(longest, sizeof(longest) - 1);
	assert_non_null(strstr(out->console, "argc=3 [testapp] [xxxxxxx] [xx"));
}

#define HINT "\"uk.help --\" lists all parameters.\n"

static void what_is_refused(void **st)
{
	static const struct {
		const char *line, *says;
	} t[] = {
		{ "net.mtu=1 -- a", ", column 1: net.mtu=1: this value is not "
		  "allowed\nAllowed: a number from 576 to 9000.\n" HINT },
		{ " net.mtu=577  net.name=12345678 --", ", column 15: "
		  "net.name=12345678: the value is too long\n"
		  "Allowed: up to 7 bytes.\n" HINT },
		{ "net.mt=1 --", ", column 1: net.mt=1: this library has no "
		  "such parameter\nAllowed: net.mtu, net.name.\n" HINT },
		{ "nosuchlib.x=1 --", ", column 1: nosuchlib.x=1: no library "
		  "of this image takes such a parameter\n" HINT },
		{ "net.mtu=600 net.mtu=700 --", ", column 13: net.mtu=700: "
		  "given twice\n" HINT },
		{ "verbose --", ", column 1: verbose: before -- stand "
		  "parameters, LIBRARY.NAME=VALUE\n" HINT },
		{ "a 'b", ", column 3: a quote is opened and never closed\n" },
		{ "a b\\", ", column 3: nothing follows the backslash\n" },
		{ "1 2 3 4 5 6 7 8 9 10 11", ", column 22: too many words, at "
		  "most 10 are allowed\n" },
		{ "x\033[31m\177\200 --", ", column 1: x?[31m??: before -- "
		  "stand parameters, LIBRARY.NAME=VALUE\n" HINT },
		{ "a.b=012345678901234567890123456789012345678901234567890123"
		  "456789 --", ", column 1: a.b=01234567890123456789012345678"
		  "901234567890123456789012345...: no library of this image "
		  "takes such a parameter\n" HINT },
	};

	(void)st;
	for (size_t i = 0; i < UK_ARRAY_SIZE(t); i++) {
		char want[512];

		set_up(t[i].line);
		snprintf(want, sizeof(want), "Boot: command line refused%s",
			 t[i].says);
		assert_string_equal(out->console, want);
		assert_int_equal(out->status, UK_EXIT_USAGE);
		assert_string_equal(out->log, BEFORE_ARGS);
	}
}

static void help(void **st)
{
	(void)st;
	set_up("uk.help net.mtu=600 -- x");
	assert_int_equal(out->status, UK_EXIT_OK);
	assert_string_equal(out->log, BEFORE_ARGS);
	assert_non_null(strstr(out->console, "\n  net.mtu: bytes in a packet "
			       "(a number from 576 to 9000)\n"));
	assert_non_null(strstr(out->console, "\n  uk.help: print this list "
			       "and exit (yes or no)\n"));
	set_up("uk.help=no --");
	assert_int_equal(out->status, 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_order),
		cmocka_unit_test(what_stops_it),
		cmocka_unit_test(what_main_gets),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
