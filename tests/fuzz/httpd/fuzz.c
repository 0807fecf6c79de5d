/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as requests, one behind the other. Beyond what the sanitizers see:
 * what is taken was there, a path stays inside, and what is whole does not
 * depend on what follows it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "request.h"

static void require(int holds)
{
	if (!holds)
		abort();
}

static void check_path(const char *p)
{
	require(p[0] != '/' && !strstr(p, "/../") && strcmp(p, "..") != 0 &&
		strncmp(p, "../", 3) != 0 && !strstr(p, "//"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct request r, again;
	char *buf;
	int n;

	len = len > REQUEST_MAX ? REQUEST_MAX : len;
	buf = malloc(len + !len);
	if (len)
		memcpy(buf, data, len);
	for (;;) {
		char *exact = malloc(len + !len);

		memcpy(exact, buf, len);
		n = request_parse(exact, len, &r);
		free(exact);
		if (n <= 0)
			break;
		require((size_t)n <= len);
		check_path(r.path);
		require(!r.ranged || r.suffix || r.first <= r.last);
		require(request_parse(buf, (size_t)n, &again) == n);
		require(strcmp(r.path, again.path) == 0);
		len -= (size_t)n;
		memmove(buf, buf + n, len);
	}
	require(n == 0 || (n <= -400 && n >= -505));
	free(buf);
	return 0;
}
