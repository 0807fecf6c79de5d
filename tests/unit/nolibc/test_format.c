/* SPDX-License-Identifier: BSD-3-Clause */
/* printf beyond single conversions: numbered arguments, wide characters, what
 * is refused, and where the text goes. */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include "host.h"
#include "print.h"

NL(vsnprintf);
NL(sprintf);
NL(asprintf);
NL(printf);
NL(dprintf);

static void numbered(void **state)
{
	(void)state;
	CHECK("%2$s %1$s", "a", "b");
	CHECK("%1$d %1$x %1$o", 42);
	CHECK("%2$*1$d|%2$-*1$d|%4$.*3$f", 8, 42, 3, 2.0 / 3);
	CHECK("%3$Lg %2$lld %1$g 100%% %2$#llx", 0.5, -1ll, 3.25L);
	CHECK("%1$s%2$s%3$s%4$s%5$s%6$s%7$s%8$s%9$s%10$c", "a", "b", "c", "d",
	      "e", "f", "g", "h", "i", 'j');
	CHECK("$%d$ costs %s$", 5, "6");
	CHECK("%2$hhd %1$p", (void *)16, 300);
	errno = 0;
}

static void wide(void **state)
{
	const wchar_t *volatile null = NULL;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	CHECK("%ls|%10ls|%-10ls|", L"gr\u00fc\u00df", L"\u20ac", L"\U0001f600");
	CHECK("%lc|%5lc|%-5lc|%lc", (wint_t)L'x', (wint_t)0xe9, (wint_t)0x20ac,
	      (wint_t)0x10ffff);
	CHECK("%.0ls|%.1ls|%.2ls|%.3ls|%.4ls|", L"\u20ac", L"\u20ac",
	      L"\u20ac", L"\u20ac", L"\u20aca");
	CHECK("%ls|%.3ls|%.6ls", null, null, null);
	CHECK("%2$ls %1$lc", (wint_t)0xe9, L"\u00e9t\u00e9");
	nl_errno = 0;
	assert_int_equal(nl_snprintf(mine, BIG, "a%lc", (wint_t)0xd800), -1);
	assert_int_equal(nl_errno, EILSEQ);
	assert_string_equal(mine, "a");
	nl_errno = 0;
	assert_int_equal(nl_snprintf(mine, BIG, "%ls", L"ab\x110000"), -1);
	assert_int_equal(nl_errno, EILSEQ);
	setlocale(LC_CTYPE, "C");
}

static void refuse(int error, const char *before, const char *fmt, ...)
{
	va_list ap;
	int n;

	nl_errno = 0;
	va_start(ap, fmt);
	n = nl_vsnprintf(mine, BIG, fmt, ap);
	va_end(ap);
	assert_int_equal(n, -1);
	assert_int_equal(nl_errno, error);
	assert_string_equal(mine, before);
}

static void refused(void **state)
{
	int target = 7;

	(void)state;
	refuse(EINVAL, "abc", "abc%n", &target);
	refuse(EINVAL, "", "%1$n", &target);
	refuse(EINVAL, "", "%hhn", &target);
	assert_int_equal(target, 7);
	refuse(EINVAL, "1", "%d%", 1);
	refuse(EINVAL, "", "%y", 1);
	refuse(EINVAL, "", "%-08", 1);
	refuse(EINVAL, "", "%l", 1);
	refuse(EINVAL, "", "%Lh", 1);
	refuse(EOVERFLOW, "", "%2147483648d", 1);
	refuse(EOVERFLOW, "", "%.99999999999d", 1);
	refuse(EOVERFLOW, "", "%*d", INT_MIN, 1);
	refuse(EOVERFLOW, "", "%.2147483639f", 1.0);
	/* Mixed, missing, of two types, too many. */
	refuse(EINVAL, "", "%1$d %d", 1, 2);
	refuse(EINVAL, "1 ", "%d %1$d", 1, 2);
	refuse(EINVAL, "", "%2$d", 1, 2);
	refuse(EINVAL, "", "%1$d %1$s", 1);
	refuse(EINVAL, "", "%1$*d", 1, 2);
	refuse(EINVAL, "", "%17$d", 1);
	refuse(EINVAL, "", "%0$d", 1);
}

static void places(void **state)
{
	char *p;

	(void)state;
	assert_int_equal(nl_sprintf(mine, "%s-%d", "x", 5), 3);
	assert_string_equal(mine, "x-5");
	assert_int_equal(nl_asprintf(&p, "%080d", 1), 80);
	assert_int_equal(strlen(p), 80);
	free(p);
	host_alloc_fail = 1;
	assert_int_equal(nl_asprintf(&p, "%d", 1), -1);
	assert_null(p);
	assert_int_equal(nl_errno, ENOMEM);
	/* Lines go out whole. */
	host_console_clear();
	assert_int_equal(nl_printf("%s", "half "), 5);
	assert_string_equal(host_console, "");
	assert_int_equal(nl_printf("line\nand"), 8);
	assert_string_equal(host_console, "half line\nand");
	host_console_clear();
	assert_int_equal(nl_dprintf(2, "%d\n", 7), 2);
	assert_string_equal(host_console, "7\n");
	assert_int_equal(nl_dprintf(3, "x"), -1);
	assert_int_equal(nl_errno, EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbered),
		cmocka_unit_test(wide),
		cmocka_unit_test(refused),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
