/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The formatter by itself: what core promises of it. That its text is right is
 * tested with nolibc's printf, which is the same code.
 */
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <uk/fmt.h>

#include <cmocka.h>

static char buf[300];

static int format(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = uk_vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	return n;
}

static void plain(void **state)
{
	(void)state;
	assert_int_equal(format("%s: %d of %#x, %c%%", "x", -5, 255, 'z'), 17);
	assert_string_equal(buf, "x: -5 of 0xff, z%");
	assert_int_equal(format("%08.3lld|%-6hhu|%+jd", -7ll, 300, INTMAX_MAX),
			 36);
	assert_string_equal(buf, "    -007|44    |+9223372036854775807");
	assert_int_equal(format("%p %p", NULL, (void *)0x1234), 12);
	assert_string_equal(buf, "(nil) 0x1234");
	assert_int_equal(format("%.*s|%*d|%-*d|", 2, "abc", 4, 1, -4, 2), 13);
	assert_string_equal(buf, "ab|   1|2   |");
	assert_int_equal(format("%s %.3s", NULL, NULL), 7);
	assert_string_equal(buf, "(null) ");
}

static void bounds(void **state)
{
	(void)state;
	memset(buf, '#', sizeof(buf));
	assert_int_equal(uk_snprintf(buf, 4, "%d", 123456), 6);
	assert_memory_equal(buf, "123\0#", 5);
	assert_int_equal(uk_snprintf(buf, 1, "%d", 123456), 6);
	assert_memory_equal(buf, "\0" "23\0#", 5);
	assert_int_equal(uk_snprintf(NULL, 0, "%d", 123456), 6);
}

static void refused(void **state)
{
	static const char *const bad[] = {
		"%n", "%hhn", "%f", "%Lg", "%a", "%ls", "%lc", "%y", "%", "%5",
		"%.", "%l", "%1$d", "%*1$d", "%.*1$d", "%-", "%C", "%m", "%k",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char fmt[16] = "ab";

		strcat(fmt, bad[i]);
		assert_int_equal(format(fmt, 1, 1), -EINVAL);
		assert_string_equal(buf, "ab");
	}
	assert_int_equal(format("%2147483648d", 1), -EOVERFLOW);
	assert_int_equal(format("%.2147483648d", 1), -EOVERFLOW);
	assert_int_equal(format("%99999999999999999999d", 1), -EOVERFLOW);
	assert_int_equal(format("%*d", INT_MIN, 1), -EOVERFLOW);
}

static void count(void *arg, const char *s, size_t n)
{
	(void)s;
	assert_true(n > 0);
	*(size_t *)arg += n;
}

static int counted(size_t *total, const char *fmt, ...)
{
	va_list ap;
	int n;

	*total = 0;
	va_start(ap, fmt);
	n = uk_vformat(count, total, fmt, ap);
	va_end(ap);
	return n;
}

static void long_results(void **state)
{
	size_t total;

	(void)state;
	assert_int_equal(counted(&total, "%100000d%.70000d", 1, 2), 170000);
	assert_int_equal(total, 170000);
	assert_int_equal(counted(&total, "%s%s", "", ""), 0);
}

/* A hook that knows p and %lc, and nothing else */
static int hook(struct uk_fmt *f, const struct uk_fmt_spec *s,
		struct uk_fmt_args *args)
{
	if (s->conv == 'p') {
		(void)va_arg(args->ap, void *);
		uk_fmt_text(f, s, "secret", 6);
		return 0;
	}
	if (s->conv == 'c' && s->len == 'l') {
		uk_fmt_fill(f, '0', s->width);
		uk_fmt_out(f, "!", 1);
		(void)va_arg(args->ap, int);
		return 0;
	}
	return -EINVAL;
}

/* A gigabyte, which count() does not look at */
static int flood(struct uk_fmt *f, const struct uk_fmt_spec *s,
		 struct uk_fmt_args *args)
{
	(void)s;
	(void)args;
	uk_fmt_out(f, "", 1u << 30);
	return 0;
}

static int flooded(const char *fmt, ...)
{
	size_t total = 0;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = uk_vformat_hook(flood, count, &total, fmt, ap);
	va_end(ap);
	return n;
}

/* One that leaves p to the formatter */
static int no_hook(struct uk_fmt *f, const struct uk_fmt_spec *s,
		   struct uk_fmt_args *args)
{
	(void)f;
	(void)s;
	(void)args;
	return -EINVAL;
}

static int hooked(uk_fmt_hook h, const char *fmt, ...)
{
	struct uk_fmt_span to = { buf, sizeof(buf) - 1 };
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = uk_vformat_hook(h, uk_fmt_span_put, &to, fmt, ap);
	va_end(ap);
	*to.at = 0;
	return n;
}

static void hooks(void **state)
{
	(void)state;
	assert_int_equal(hooked(hook, "%d %9p|%-8p|%3lc %d", 1, NULL, NULL, 2,
				3), 27);
	assert_string_equal(buf, "1    secret|secret  |000! 3");
	assert_int_equal(hooked(hook, "%d%f", 1, 2.0), -EINVAL);
	assert_string_equal(buf, "1");
	assert_int_equal(flooded("%p%s", "x"), (1 << 30) + 1);
	assert_int_equal(flooded("%p%p"), -EOVERFLOW);
	assert_int_equal(hooked(no_hook, "%p%d", (void *)16, 5), 5);
	assert_string_equal(buf, "0x105");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain),
		cmocka_unit_test(bounds),
		cmocka_unit_test(refused),
		cmocka_unit_test(long_results),
		cmocka_unit_test(hooks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
