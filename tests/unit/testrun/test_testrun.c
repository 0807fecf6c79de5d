/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The test runner: jobs that succeed, fail, hang, crash and skip end as what
 * they are, and none of them takes another one with it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "job.h"

static char dir[] = "/tmp/testrun-XXXXXX";

static int read_text(struct list *l, const char *text)
{
	FILE *f = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	int e = list_read(l, f, "list");

	fclose(f);
	return e;
}

/* Runs the list with its report kept off the terminal. */
static struct report run(struct list *l, unsigned int slots)
{
	struct report r = { .lines = true };
	int out = dup(STDOUT_FILENO);

	fflush(stdout);
	assert_non_null(freopen("/dev/null", "w", stdout));
	list_choose(l, NULL, NULL);
	report_begin(&r, l);
	assert_int_equal(pool_run(l, slots, dir, &r), 0);
	report_end(&r, l);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	return r;
}

static enum state outcome(const char *text, char *reason)
{
	struct list l = { 0 };
	enum state s;

	assert_int_equal(read_text(&l, text), 0);
	run(&l, 2);
	s = l.jobs[0].state;
	strcpy(reason, l.jobs[0].reason);
	list_free(&l);
	return s;
}

static void test_states(void **unused)
{
	char why[200];

	(void)unused;
	assert_int_equal(outcome("job a\nrun true\n", why), SUCCESS);
	assert_string_equal(why, "");
	assert_int_equal(outcome("job a\nrun false\n", why), FAILURE);
	assert_string_equal(why, "status 1, expected 0");
	assert_int_equal(outcome("job a\nstatus 7\nrun exit 7\n", why),
			 SUCCESS);
	assert_int_equal(outcome("job a\nstatus 7\nrun true\n", why), FAILURE);
	assert_int_equal(outcome("job a\nrun echo x; echo no disk; exit 77\n",
				 why), SKIP);
	assert_string_equal(why, "no disk");
	assert_int_equal(outcome("job a\nrun exit 77\n", why), ERROR);
	assert_int_equal(outcome("job a\nrun kill -SEGV $$\n", why), CRASH);
	assert_int_equal(outcome("job a\nrun sh -c 'kill -ABRT $$'; exit $?\n",
				 why), CRASH);
	assert_int_equal(outcome("job a\nrun exit 125\n", why), ERROR);
	assert_int_equal(outcome("job a\nrun exit 124\n", why), FAILURE);
	assert_int_equal(outcome("job a\nrun /nowhere/nothing\n", why), ERROR);
}

static void test_text(void **unused)
{
	char why[200];

	(void)unused;
	assert_int_equal(outcome("job a\nmatch ^b+$\nrun echo a; echo bbb\n",
				 why), SUCCESS);
	assert_int_equal(outcome("job a\nmatch ^b+$\nrun echo abbb\n", why),
			 FAILURE);
	assert_string_equal(why, "no line matches '^b+$'");
	assert_int_equal(outcome("job a\nnomatch b\nrun echo abbb\n", why),
			 FAILURE);
	assert_string_equal(why, "a line matches 'b'");
	/* What a serial console sends: CR LF, and bytes of any value. */
	assert_int_equal(outcome("job a\nmatch ^end$\n"
				 "run printf 'x\\000y\\r\\nend\\r\\n'\n", why),
			 SUCCESS);
	/* The right text does not make up for the wrong status. */
	assert_int_equal(outcome("job a\nmatch ok\nrun echo ok; exit 3\n",
				 why), FAILURE);
	assert_string_equal(why, "status 3, expected 0");
}

/* A job that hangs, with a child that hangs and one that ignores SIGTERM. */
static void test_hang(void **unused)
{
	struct list l = { 0 };
	struct report r;
	double t = now();
	long child;
	char *log;
	size_t len;

	(void)unused;
	assert_int_equal(read_text(&l,
		"job hang\nlimit 1\nrun sleep 100 & echo $!; wait\n"
		"job d\nlimit 1\nrun trap '' TERM; while :; do sleep 9;done\n"
		"job fine\nrun true\n"), 0);
	r = run(&l, 2);
	assert_true(now() - t < 20);
	assert_int_equal(l.jobs[0].state, FAILURE);
	assert_string_equal(l.jobs[0].reason, "no end within 1 s, stopped");
	assert_int_equal(l.jobs[1].state, FAILURE);
	assert_int_equal(l.jobs[2].state, SUCCESS);
	assert_int_equal(r.passed, 1);
	assert_int_equal(r.failed, 2);
	log = slurp(l.jobs[0].log, 100, &len);
	assert_non_null(log);
	child = strtol(log, NULL, 10);
	assert_true(child > 1);
	for (len = 0; kill((pid_t)child, 0) == 0 && len < 100; len++)
		usleep(20000);
	assert_int_equal(kill((pid_t)child, 0), -1);
	free(log);
	list_free(&l);
}

static void test_needs(void **unused)
{
	struct list l = { 0 };
	struct report r;

	(void)unused;
	assert_int_equal(read_text(&l,
		"job good\nkind step\nrun true\n"
		"job bad\nkind step\nrun false\n"
		"job absent\nrun echo not here; exit 77\n"
		"job a\nneeds good\nrun true\n"
		"job b\nneeds good bad\nrun true\n"
		"job c\nneeds absent\nrun true\n"), 0);
	r = run(&l, 2);
	assert_int_equal(l.jobs[1].state, ERROR);
	assert_int_equal(l.jobs[3].state, SUCCESS);
	assert_int_equal(l.jobs[4].state, ERROR);
	assert_int_equal(l.jobs[5].state, SKIP);
	assert_string_equal(l.jobs[5].reason, "needs absent: not here");
	/* Steps count only when they fail. */
	assert_int_equal(r.passed, 1);
	assert_int_equal(r.failed, 2);
	assert_int_equal(r.skipped, 2);
	assert_int_equal(r.total, 4);
	list_free(&l);
}

/* Jobs that want to be alone are, and one that waits does not block the
 * others; the slots of jobs that run together differ. */
static void test_alone(void **unused)
{
	struct list l = { 0 };
	struct report r;
	char text[600];

	(void)unused;
	snprintf(text, sizeof(text),
		 "job alone1\nalone\nrun mkdir %s/busy && sleep 0.2 && "
		 "rmdir %s/busy\n"
		 "job alone2\nalone\nrun mkdir %s/busy && rmdir %s/busy\n"
		 "job a\nrun mkdir %s/$TESTRUN_SLOT && sleep 0.2 && "
		 "test ! -d %s/busy && rmdir %s/$TESTRUN_SLOT\n"
		 "job b\nrun mkdir %s/$TESTRUN_SLOT && sleep 0.2 && "
		 "test ! -d %s/busy && rmdir %s/$TESTRUN_SLOT\n",
		 dir, dir, dir, dir, dir, dir, dir, dir, dir, dir);
	assert_int_equal(read_text(&l, text), 0);
	r = run(&l, 4);
	assert_int_equal(r.passed, 4);
	assert_true(l.jobs[0].began > l.jobs[2].began + l.jobs[2].seconds);
	list_free(&l);
}

/* Two jobs that use the same thing take turns; a third one goes meanwhile. */
static void test_use(void **unused)
{
	struct list l = { 0 };
	struct report r;
	char text[400];

	(void)unused;
	snprintf(text, sizeof(text),
		 "job a\nuse disk\nrun mkdir %s/d && sleep 0.3 && rmdir %s/d\n"
		 "job b\nuse disk\nrun mkdir %s/d && sleep 0.1 && rmdir %s/d\n"
		 "job c\nuse tape\nrun test -d %s/d || sleep 0.1; "
		 "test -d %s/d\n", dir, dir, dir, dir, dir, dir);
	assert_int_equal(read_text(&l, text), 0);
	r = run(&l, 4);
	assert_int_equal(r.passed, 3);
	assert_true(l.jobs[1].began >= l.jobs[0].began + l.jobs[0].seconds);
	assert_true(l.jobs[2].began < l.jobs[1].began);
	list_free(&l);
}

static void test_choose(void **unused)
{
	struct list l = { 0 };

	(void)unused;
	assert_int_equal(read_text(&l,
		"job img\nkind step\nrun true\n"
		"job boot/x\nkind boot\nneeds img\nrun true\n"
		"job unit/x\nkind unit\nrun true\n"), 0);
	assert_int_equal(list_choose(&l, "unit", NULL), 1);
	assert_false(l.jobs[0].chosen);
	assert_int_equal(list_choose(&l, NULL, "boot/*"), 2);
	assert_true(l.jobs[0].chosen);
	list_free(&l);
}

static void test_bad_lists(void **unused)
{
	static const char *const bad[] = {
		"run true\n", "job\n", "job a\n", "job a\nrun true\njob a\n",
		"job a\nrun true\nneeds b\n", "job a\nrun true\nneeds a\n",
		"job a\nrun true\nmatch (\n", "job a\nrun true\nlimit x\n",
		"job a\nrun true\nlimit\n", "job a\nrun true\nstatus 256\n",
		"job a\nrun true\nbogus 1\n", "job a\nrun true\nstatus 1x\n",
	};
	int err = dup(STDERR_FILENO);
	size_t i;

	(void)unused;
	assert_non_null(freopen("/dev/null", "w", stderr));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct list l = { 0 };

		assert_int_equal(read_text(&l, bad[i]), -1);
		list_free(&l);
	}
	fflush(stderr);
	dup2(err, STDERR_FILENO);
	close(err);
}

static void test_json(void **unused)
{
	struct list l = { 0 };
	char file[64], *json;
	size_t len;

	(void)unused;
	assert_int_equal(read_text(&l,
		"job a\nkind unit\nrun true\n"
		"job b\nkind boot\nrun printf 'no \"x\"\\tor\\\\'; exit 77\n"),
		0);
	run(&l, 1);
	snprintf(file, sizeof(file), "%s/result.json", dir);
	assert_int_equal(report_json(&l, "boot", file), 0);
	json = slurp(file, 10000, &len);
	assert_non_null(json);
	assert_null(strstr(json, "\"a\""));
	assert_non_null(strstr(json, "\"state\": \"skip\""));
	assert_non_null(strstr(json, "\"no \\\"x\\\"\\u0009or\\\\\""));
	assert_non_null(strstr(json,
			"\"passed\": 0, \"failed\": 0, \"skipped\": 1}"));
	free(json);
	list_free(&l);
}

static int make_dir(void **unused)
{
	(void)unused;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **unused)
{
	char cmd[64];

	(void)unused;
	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	return system(cmd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_use),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_bad_lists),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
