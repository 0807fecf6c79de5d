/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs mbedTLS's suites one after the other: those that are named, or all. What
 * became of each case is in the file that a suite writes; what it prints is
 * thrown away.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define OUTCOME "/outcome"

#define SUITE(name) int suite_##name(int argc, const char *argv[]);
#include <suites.h>
#undef SUITE

static const struct {
	const char *name;
	int (*main)(int argc, const char *argv[]);
} suites[] = {
#define SUITE(name) { #name, suite_##name },
#include <suites.h>
#undef SUITE
};

static struct count {
	unsigned int passed, failed, skipped;
} total;

/* PLATFORM;CONFIGURATION;SUITE;CASE;PASS, FAIL or SKIP;WHY */
static void count(const char *suite, char *line, struct count *n)
{
	char *field[6] = { line };
	unsigned int i;

	for (i = 1; i < 6; i++) {
		field[i] = strchr(field[i - 1], ';');
		if (!field[i])
			break;
		*field[i]++ = '\0';
	}
	if (i >= 5 && strcmp(field[4], "PASS") == 0) {
		n->passed++;
	} else if (i >= 5 && strcmp(field[4], "SKIP") == 0) {
		n->skipped++;
	} else {
		n->failed++;
		printf("not ok: %s: %s\n\t%s", suite, i > 3 ? field[3] : line,
		       i > 5 ? field[5] : "no outcome\n");
	}
}

/* 0, or -1 where it has none. */
static int outcome(const char *suite, struct count *n)
{
	static char line[8192];
	FILE *f = fopen(OUTCOME, "r");

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f))
		count(suite, line, n);
	fclose(f);
	return unlink(OUTCOME);
}

/* The console is the suite's own meanwhile only for errors. */
static int quiet(int (*suite)(int, const char **), const char *name)
{
	char file[64];
	const char *argv[] = { name, file, NULL };
	int console = dup(1), null = open("/dev/null", O_WRONLY), rc;

	snprintf(file, sizeof(file), "test_suite_%s.datax", name);
	fflush(stdout);
	if (console < 0 || null < 0 || dup2(null, 1) < 0)
		return -1;
	rc = suite(2, argv);
	fflush(stdout);
	dup2(console, 1);
	close(console);
	close(null);
	return rc;
}

static void run(unsigned int i)
{
	struct count n = { 0 };
	time_t began = time(NULL);
	int rc = quiet(suites[i].main, suites[i].name);

	if (outcome(suites[i].name, &n) || (rc != 0) != (n.failed != 0)) {
		printf("not ok: %s: ended with %d\n", suites[i].name, rc);
		n.failed++;
	}
	printf("%s: %u passed, %u failed, %u skipped, %ld s\n", suites[i].name,
	       n.passed, n.failed, n.skipped, (long)(time(NULL) - began));
	fflush(stdout);
	total.passed += n.passed;
	total.failed += n.failed;
	total.skipped += n.skipped;
}

int main(int argc, char *argv[])
{
	unsigned int i;
	int k;

	if (chdir("/tests") ||
	    setenv("MBEDTLS_TEST_OUTCOME_FILE", OUTCOME, 1)) {
		puts("no /tests: where is the initrd?");
		return 2;
	}
	for (i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
		for (k = 1; k < argc && strcmp(argv[k], suites[i].name); k++)
			;
		if (argc == 1 || k < argc)
			run(i);
	}
	printf("%u passed, %u failed, %u skipped\n", total.passed, total.failed,
	       total.skipped);
	return total.failed != 0 || total.passed == 0;
}
