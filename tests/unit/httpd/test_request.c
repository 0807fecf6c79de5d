/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "request.h"

static struct request r;

static int parse(const char *text)
{
	return request_parse(text, strlen(text), &r);
}

static void takes_a_whole_request(void **state)
{
	static const char text[] = "GET /a/b%20c%C3%A4?x=/../ HTTP/1.1\r\n"
		"Host: example\r\nUser-Agent: a\tb\r\n\r\n";

	(void)state;
	assert_int_equal(parse(text), strlen(text));
	assert_string_equal(r.path, "a/b c\xc3\xa4");
	assert_true(r.keep && !r.head && !r.ranged);
	/* Nothing of the next one is looked at. */
	assert_int_equal(parse("HEAD / HTTP/1.0\r\n\r\n\x01\x02"), 19);
	assert_true(r.head && !r.keep);
	assert_string_equal(r.path, "");
	assert_int_equal(parse("\r\nGET / HTTP/1.0\n\n"), 18);
}

/* Every beginning of it is not yet a request. */
static void waits_for_the_rest(void **state)
{
	static const char text[] = "GET /x HTTP/1.1\r\nHost: y\r\n\r\n";
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 2; n++)
		assert_int_equal(request_parse(text, n, &r), 0);
}

static void keeps_connections_as_asked(void **state)
{
	static const struct {
		const char *version, *words;
		bool keep;
	} cases[] = {
		{ "1.1", "close", false }, { "1.1", "keep-alive", true },
		{ "1.1", "a, Close ,b", false }, { "1.0", "Keep-Alive", true },
		{ "1.0", "x", false }, { "1.1", "", true },
		{ "1.0", "keep-alive,close", false },
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sprintf(text, "GET / HTTP/%s\r\nHost:h\r\nConnection: %s\r\n"
			"\r\n", cases[i].version, cases[i].words);
		assert_true(parse(text) > 0);
		assert_int_equal(r.keep, cases[i].keep);
	}
}

static void reads_ranges(void **state)
{
	static const struct {
		const char *range;
		bool ranged;
		uint64_t first, last, suffix;
	} cases[] = {
		{ "bytes=0-0", true, 0, 0, 0 },
		{ "bytes=5-", true, 5, UINT64_MAX, 0 },
		{ "Bytes = 2-7", true, 2, 7, 0 },
		{ "bytes=-20", true, 0, UINT64_MAX, 20 },
		{ "bytes=7-2", false, 0, 0, 0 },
		{ "bytes=-", false, 0, 0, 0 },
		{ "bytes=1-2,3-4", false, 0, 0, 0 },
		{ "bytes=18446744073709551616-", false, 0, 0, 0 },
		{ "pages=1-2", false, 0, 0, 0 },
		{ "bytes", false, 0, 0, 0 },
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sprintf(text, "GET / HTTP/1.1\r\nHost:h\r\nRange: %s\r\n\r\n",
			cases[i].range);
		assert_true(parse(text) > 0);
		assert_int_equal(r.ranged, cases[i].ranged);
		if (!r.ranged)
			continue;
		assert_int_equal(r.suffix, cases[i].suffix);
		if (r.suffix)
			continue;
		assert_int_equal(r.first, cases[i].first);
		assert_int_equal(r.last, cases[i].last);
	}
	assert_true(parse("GET / HTTP/1.1\r\nHost:h\r\nRange: bytes=1-2\r\n"
			  "Range: bytes=1-2\r\n\r\n") > 0);
	assert_false(r.ranged);
}

static void refuses(const char *text, int status)
{
	int rc = parse(text);

	if (rc != -status)
		print_error("%s: %d\n", text, rc);
	assert_int_equal(rc, -status);
}

static void refuses_paths_that_wander(void **state)
{
	static const char *const paths[] = {
		"/..", "/../a", "/a/../b", "/a/..", "/%2e%2e/a", "/./a", "/a/.",
		"//a", "/a//b", "a", "*", "http://h/", "/%", "/%4", "/%4g",
		"/%00", "/%0a", "/a%5cb",
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		sprintf(text, "GET %s HTTP/1.1\r\nHost: h\r\n\r\n", paths[i]);
		refuses(text, 400);
	}
}

static void refuses_what_two_servers_read_in_two_ways(void **state)
{
	(void)state;
	refuses("GET / HTTP/1.1\r\n\r\n", 400);
	refuses("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
	refuses("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
	refuses("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400);
	refuses("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400);
	refuses("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
	refuses("G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
	refuses("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400);
	refuses("GET / HTTP/3.0\r\n\r\n", 505);
	refuses("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 405);
	refuses("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", 413);
	refuses("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x\r\n\r\n", 400);
	refuses("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n",
		501);
}

static void refuses_what_is_too_long(void **state)
{
	char text[REQUEST_MAX + 1];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(request_parse(text, REQUEST_MAX, &r), -431);
	assert_int_equal(request_parse(text, REQUEST_MAX - 1, &r), 0);
	memcpy(text, "GET /", 5);
	memcpy(text + 300, " HTTP/1.1\r\nHost: a\r\n\r\n", 23);
	refuses(text, 414);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_a_whole_request),
		cmocka_unit_test(waits_for_the_rest),
		cmocka_unit_test(keeps_connections_as_asked),
		cmocka_unit_test(reads_ranges),
		cmocka_unit_test(refuses_paths_that_wander),
		cmocka_unit_test(refuses_what_two_servers_read_in_two_ways),
		cmocka_unit_test(refuses_what_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
