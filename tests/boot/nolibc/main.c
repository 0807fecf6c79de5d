/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * nolibc in an image: what the unit tests on the host cannot show. That its
 * results are right they do show.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uk/thread.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s (errno %d)\n", #cond, errno); \
			exit(1);					\
		}							\
	} while (0)

/* Floating point passes through variable arguments and the FPU works. */
static void numbers(void)
{
	char buf[80];
	double d;
	float f;
	int n;

	printf("%.3f %g %La %5.1e|\n", 2.0 / 3, 1e100, 0.1L, -12345.678);
	printf("%2$s %1$d %3$" PRIx64 "\n", 42, "numbered", UINT64_MAX);
	printf("%ls %lc\n", L"gr\u00fc\u00df", 0x20ac);
	CHECK(sscanf("1.5 0x10 word", "%lf %i %79s", &d, &n, buf) == 3);
	CHECK(d == 1.5 && n == 16 && !strcmp(buf, "word"));
	CHECK(strtod("1e-3", NULL) == 0.001);
	f = strtof("0.1", NULL);
	CHECK(f == 0.1f);
	snprintf(buf, sizeof(buf), "%.17g", 0.1 + 0.2);
	CHECK(!strcmp(buf, "0.30000000000000004"));
}

static int by_length(const void *a, const void *b)
{
	return (int)strlen(*(char *const *)a) - (int)strlen(*(char *const *)b);
}

static void memory(void)
{
	char *words[] = { "three", "a", "to", "four", "six" };
	char *p = strdup("text");
	volatile size_t huge = SIZE_MAX / 4;

	CHECK(p && !strcmp(p, "text"));
	p = realloc(p, 100000);
	CHECK(p && !strcmp(p, "text"));
	free(p);
	errno = 0;
	CHECK(!malloc(huge) && errno == ENOMEM);
	CHECK(!calloc(huge, 8) && errno == ENOMEM);
	CHECK(asprintf(&p, "%05d", 7) == 5 && !strcmp(p, "00007"));
	free(p);
	qsort(words, 5, sizeof(*words), by_length);
	CHECK(!strcmp(words[0], "a") && !strcmp(words[4], "three"));
}

static jmp_buf env;

static void jumper(volatile int *count)
{
	if (++*count < 5)
		longjmp(env, *count);
}

static void jumps(void)
{
	volatile int count = 0;
	volatile double kept = 2.5;
	int v = setjmp(env);

	CHECK(v == count);
	jumper(&count);
	CHECK(count == 5 && kept == 2.5);
}

static void *other(void *arg)
{
	CHECK(errno == 0);
	errno = EPERM;
	return arg;
}

static void threads(void)
{
	struct uk_thread *t;

	errno = ERANGE;
	t = uk_thread_create("other", other, NULL, NULL);
	CHECK(t && uk_thread_join(t, NULL) == 0);
	CHECK(errno == ERANGE);
}

static void clocks(void)
{
	const struct timespec ms = { 0, 1000000 };
	struct timespec a, b;
	char buf[32];
	struct tm tm;
	time_t now;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &a) == 0);
	CHECK(nanosleep(&ms, NULL) == 0);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &b) == 0);
	CHECK((b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec >=
	      1000000);
	now = time(NULL);
	CHECK(now > 1577836800 && gmtime_r(&now, &tm) && timegm(&tm) == now);
	CHECK(strftime(buf, sizeof(buf), "%F", &tm) == 10);
}

static void last(void)
{
	printf(", then the last one, and no line end");
}

static void first(void)
{
	printf("first handler");
}

int main(void)
{
	CHECK(atexit(last) == 0 && atexit(first) == 0);
	numbers();
	memory();
	jumps();
	threads();
	clocks();
	puts("nolibc: done");
	return 3;
}
