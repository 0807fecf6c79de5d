/* SPDX-License-Identifier: BSD-3-Clause */
/* <string.h>, <strings.h> and <ctype.h>, against the host's. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "host.h"
#include "guard.h"

NL(memccpy); NL(mempcpy); NL(memrchr); NL(memmem); NL(explicit_bzero);
NL(strcpy); NL(stpcpy); NL(strncpy); NL(stpncpy); NL(strcat); NL(strncat);
NL(strchrnul); NL(strspn); NL(strcspn); NL(strpbrk); NL(strstr);
NL(strcasestr); NL(strtok); NL(strtok_r); NL(strsep); NL(strcoll);
NL(strxfrm); NL(strdup); NL(strndup); NL(strcasecmp); NL(strncasecmp);
NL(bcmp); NL(bcopy); NL(bzero); NL(index); NL(rindex); NL(ffs); NL(ffsl);
NL(ffsll); NL(strerror);
extern int nl_strerror_r(int errnum, char *buf, size_t size);
extern size_t nl_strlcpy(char *dst, const char *src, size_t size);
extern size_t nl_strlcat(char *dst, const char *src, size_t size);

#define BUF 64
static char mine[BUF], theirs[BUF];

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

/* A string of at most n characters out of few. */
static void make(char *s, unsigned int n, const char *set)
{
	unsigned int len = host_below(n + 1), i;

	for (i = 0; i < len; i++)
		s[i] = set[host_below((unsigned int)strlen(set))];
	s[len] = 0;
}

static void fresh(void)
{
	memset(mine, '#', BUF);
	memset(theirs, '#', BUF);
}

#define SAME_COPY(call_mine, call_theirs)				\
	do {								\
		fresh();						\
		__auto_type x = call_mine;				\
		__auto_type y = call_theirs;				\
		assert_int_equal((char *)x - mine, (char *)y - theirs);	\
		assert_memory_equal(mine, theirs, BUF);			\
	} while (0)

static void copying(void **state)
{
	char src[BUF] = "";
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		make(src, 20, "ab");
		n = host_below(30);
		SAME_COPY(nl_strcpy(mine, src), strcpy(theirs, src));
		SAME_COPY(nl_stpcpy(mine, src), stpcpy(theirs, src));
		SAME_COPY(nl_strncpy(mine, src, n), strncpy(theirs, src, n));
		SAME_COPY(nl_stpncpy(mine, src, n), stpncpy(theirs, src, n));
		SAME_COPY(nl_mempcpy(mine, src, n), mempcpy(theirs, src, n));
		if (n > strlen(src))
			SAME_COPY(mine + nl_strxfrm(mine, src, n),
				  theirs + strxfrm(theirs, src, n));
		assert_int_equal(nl_strxfrm(NULL, src, 0), strlen(src));
		SAME_COPY(nl_memccpy(mine, src, 'b', n) ?: mine + BUF,
			  memccpy(theirs, src, 'b', n) ?: theirs + BUF);
		fresh();
		strcpy(mine, "start");
		strcpy(theirs, "start");
		assert_ptr_equal(nl_strcat(mine, src), mine);
		strcat(theirs, src);
		assert_memory_equal(mine, theirs, BUF);
		assert_ptr_equal(nl_strncat(mine, src, n), mine);
		strncat(theirs, src, n);
		assert_memory_equal(mine, theirs, BUF);
	}
	nl_bcopy("abc", mine, 3);
	assert_memory_equal(mine, "abc", 3);
	nl_bzero(mine, 3);
	assert_memory_equal(mine, "\0\0\0", 3);
	memcpy(mine, "key", 3);
	nl_explicit_bzero(mine, 2);
	assert_memory_equal(mine, "\0\0y", 3);
}

/* These have no counterpart on this host; snprintf cuts the same way. */
static void cutting(void **state)
{
	char src[BUF];
	size_t size, start;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		make(src, 20, "ab");
		size = host_below(30);
		fresh();
		assert_int_equal(nl_strlcpy(mine, src, size), strlen(src));
		snprintf(theirs, size, "%s", src);
		assert_memory_equal(mine, theirs,
				    size ? strlen(theirs) + 1 : 0);
		assert_int_equal(mine[size], '#');

		fresh();
		start = host_below(10);
		memset(mine, 'x', start);
		mine[start] = 0;
		if (start < size) {
			assert_int_equal(nl_strlcat(mine, src, size),
					 start + strlen(src));
			snprintf(theirs, size, "%.*s%s", (int)start,
				 "xxxxxxxxxx", src);
			assert_string_equal(mine, theirs);
		} else {
			assert_int_equal(nl_strlcat(mine, src, size),
					 size + strlen(src));
			assert_int_equal(strlen(mine), start);
		}
		assert_int_equal(mine[BUF - 1], '#');
	}
}

static void searching(void **state)
{
	char s[BUF], set[BUF];
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 30000; i++) {
		int c = "abcdABCD\0\xff"[host_below(10)];

		make(s, 24, "abcdABCD\xff\x80");
		make(set, 4, "abcdABCD\xff\x80");
		n = host_below((unsigned int)strlen(s) + 1);
		assert_ptr_equal(nl_memrchr(s, c, n), memrchr(s, c, n));
		assert_ptr_equal(nl_strchrnul(s, c), strchrnul(s, c));
		assert_ptr_equal(nl_index(s, c), index(s, c));
		assert_ptr_equal(nl_rindex(s, c), rindex(s, c));
		assert_int_equal(nl_strspn(s, set), strspn(s, set));
		assert_int_equal(nl_strcspn(s, set), strcspn(s, set));
		assert_ptr_equal(nl_strpbrk(s, set), strpbrk(s, set));
		assert_ptr_equal(nl_strcasestr(s, set), strcasestr(s, set));
		assert_int_equal(sign(nl_strcasecmp(s, set)),
				 sign(strcasecmp(s, set)));
		assert_int_equal(sign(nl_strncasecmp(s, set, n)),
				 sign(strncasecmp(s, set, n)));
		assert_int_equal(sign(nl_strcoll(s, set)),
				 sign(strcoll(s, set)));
		assert_int_equal(nl_bcmp(s, set, n > 4 ? 4 : n) == 0,
				 bcmp(s, set, n > 4 ? 4 : n) == 0);
	}
}

/* All needles of up to 8 letters of 2 in random texts, and periodic ones */
static void matching(void **state)
{
	char *hay = guard_page() + GUARD_PAGE, *needle = guard_page() +
		GUARD_PAGE;
	unsigned int i, len, bits, n;

	(void)state;
	for (len = 0; len <= 8; len++)
		for (bits = 0; bits < 1u << len; bits++) {
			for (i = 0; i < len; i++)
				needle[(int)i - (int)len] =
					"ab"[bits >> i & 1];
			for (n = 0; n < 20; n++) {
				for (i = 1; i <= n + len; i++)
					hay[-(int)i] = "ab"[host_below(2)];
				assert_ptr_equal(
					nl_memmem(hay - n - len, n + len,
						  needle - len, len),
					memmem(hay - n - len, n + len,
					       needle - len, len));
				if (len)
					assert_null(nl_memmem(hay - len / 2,
							      len / 2,
							      needle - len,
							      len));
			}
		}
	for (i = 0; i < 20000; i++) {
		char h[400], x[40];
		unsigned int period = 1 + host_below(6), j;

		make(h, 380, host_below(2) ? "ab" : "aaaaab");
		for (j = 0; j < sizeof(x) - 1; j++)
			x[j] = j < period ? "ab"[host_below(2)] : x[j - period];
		x[host_below(sizeof(x) - 1)] = 0;
		x[sizeof(x) - 1] = 0;
		assert_ptr_equal(nl_strstr(h, x), strstr(h, x));
		/* one that is there */
		if (strlen(h) > 60) {
			j = host_below(300) % (unsigned int)(strlen(h) - 50);
			snprintf(x, 1 + host_below(sizeof(x)), "%s", h + j);
			assert_ptr_equal(nl_strstr(h, x), strstr(h, x));
		}
	}
}

static void tokens(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		char a[BUF], b[BUF], set[BUF], *p, *q, *r, *s;

		make(a, 20, "ab,;");
		make(set, 2, ",;a");
		strcpy(b, a);
		q = nl_strtok_r(a, set, &p);
		s = strtok_r(b, set, &r);
		while (s) {
			assert_non_null(q);
			assert_int_equal(q - a, s - b);
			assert_string_equal(q, s);
			q = nl_strtok_r(NULL, set, &p);
			s = strtok_r(NULL, set, &r);
		}
		assert_null(q);
		assert_null(nl_strtok_r(NULL, set, &p));
		assert_memory_equal(a, b, strlen(b) + 1);

		make(a, 20, "ab,;");
		strcpy(b, a);
		p = a;
		r = b;
		do {
			q = nl_strsep(&p, set);
			s = strsep(&r, set);
			if (!s)
				break;
			assert_string_equal(q, s);
		} while (1);
		assert_null(q);
	}
	strcpy(mine, "a b");
	assert_string_equal(nl_strtok(mine, " "), "a");
	assert_string_equal(nl_strtok(NULL, " "), "b");
	assert_null(nl_strtok(NULL, " "));
}

static void heap(void **state)
{
	char *p = nl_strdup("abc"), *q = nl_strndup("abcdef", 4);
	char open[2] = { 'x', 'y' }, *r = nl_strndup(open, 2);

	(void)state;
	assert_string_equal(p, "abc");
	assert_string_equal(q, "abcd");
	assert_string_equal(r, "xy");
	free(p);
	free(q);
	free(r);
	host_alloc_fail = 1;
	nl_errno = 0;
	assert_null(nl_strdup("abc"));
	assert_int_equal(nl_errno, ENOMEM);
}

static void bits(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 64; i++) {
		assert_int_equal(nl_ffs((int)(1ull << i)),
				 ffs((int)(1ull << i)));
		assert_int_equal(nl_ffsl((long)(3ul << i)),
				 ffsl((long)(3ul << i)));
		assert_int_equal(nl_ffsll((long long)(5ull << i)),
				 ffsll((long long)(5ull << i)));
	}
	assert_int_equal(nl_ffs(0), 0);
}

#define CLASSES(X) X(alnum) X(alpha) X(blank) X(cntrl) X(digit) X(graph) \
	X(lower) X(print) X(punct) X(space) X(upper) X(xdigit)
#define DECLARE(c) extern int nl_is##c(int);
CLASSES(DECLARE)
extern int nl_tolower(int), nl_toupper(int), nl_isascii(int), nl_toascii(int);

static void classes(void **state)
{
	int c;

	(void)state;
	for (c = -1; c < 256; c++) {
#define SAME(class) assert_int_equal(!!nl_is##class(c), !!is##class(c));
		CLASSES(SAME)
		assert_int_equal(nl_tolower(c), tolower(c));
		assert_int_equal(nl_toupper(c), toupper(c));
		assert_int_equal(!!nl_isascii(c), c >= 0 && c < 128);
	}
	/* No table that could be left */
	for (c = 0; c < 1000; c++) {
		int far = (int)host_random();

		far = far >= -1 && far < 256 ? INT_MIN : far;
#define NONE(class) assert_int_equal(nl_is##class(far), 0);
		CLASSES(NONE)
		assert_int_equal(nl_tolower(far), far);
	}
	assert_int_equal(nl_toascii(0x1c1), 'A');
}

static void errors(void **state)
{
	char buf[40];
	int i, named = 0;

	(void)state;
	assert_string_equal(nl_strerror(0), "No error");
	assert_string_equal(nl_strerror(ENOENT), "No such file or directory");
	assert_string_equal(nl_strerror(EHWPOISON),
			    "Memory has a hardware error");
	assert_string_equal(nl_strerror(134), "Unknown error 134");
	assert_string_equal(nl_strerror(-1), "Unknown error -1");
	assert_string_equal(nl_strerror(INT_MIN), "Unknown error -2147483648");
	assert_int_equal(nl_strerror_r(EINVAL, buf, sizeof(buf)), 0);
	assert_string_equal(buf, "Invalid argument");
	assert_int_equal(nl_strerror_r(EINVAL, buf, 8), ERANGE);
	assert_string_equal(buf, "Invalid");
	assert_int_equal(nl_strerror_r(4095, buf, sizeof(buf)), EINVAL);
	/* A text for each that the host has one for, and all different */
	for (i = 0; i < 200; i++)
		if (strerrorname_np(i)) {
			named++;
			assert_null(strstr(nl_strerror(i), "Unknown"));
		} else {
			assert_non_null(strstr(nl_strerror(i), "Unknown"));
		}
	assert_true(named > 130);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copying),
		cmocka_unit_test(cutting),
		cmocka_unit_test(searching),
		cmocka_unit_test(matching),
		cmocka_unit_test(tokens),
		cmocka_unit_test(heap),
		cmocka_unit_test(bits),
		cmocka_unit_test(classes),
		cmocka_unit_test(errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
