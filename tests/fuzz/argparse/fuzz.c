/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any line into words. Beyond what the sanitizers see: words are where they
 * may be, an error names a place in the line, and words that are quoted again
 * come back the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/argparse.h>
#include <uk/errno.h>

#define MAX 64

static void require(int holds)
{
	if (!holds)
		abort();
}

/* Every byte behind a backslash, every word with '' in front. */
static size_t quote(char *out, char *const *argv, size_t n)
{
	char *p = out;

	for (size_t i = 0; i < n; i++) {
		*p++ = '\n';
		*p++ = '\'';
		*p++ = '\'';
		for (const char *c = argv[i]; *c; c++) {
			*p++ = '\\';
			*p++ = *c;
		}
	}
	return (size_t)(p - out);
}

static void again(char *const *argv, size_t n, size_t len)
{
	char *line = malloc(2 * len + 3 * n + 1);
	size_t quoted = quote(line, argv, n), n2;
	char *text = malloc(quoted + 1), *argv2[MAX];
	struct uk_args_error err;

	require(!uk_args_split(line, quoted, text, argv2, MAX, &n2, &err));
	require(n2 == n);
	for (size_t i = 0; i < n; i++)
		require(!strcmp(argv[i], argv2[i]));
	free(text);
	free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *line = malloc(len + 1), *text = malloc(len + 1), *argv[MAX];
	struct uk_args_error err;
	size_t n, col;
	int rc;

	memcpy(line, data, len);
	rc = uk_args_split(line, len, text, argv, MAX, &n, &err);
	require(n <= MAX);
	if (rc) {
		require(rc == (err.fault == UK_ARGS_MANY ? -E2BIG : -EINVAL));
		require(err.fault > UK_ARGS_FINE && err.fault <= UK_ARGS_MANY);
		col = uk_args_column(line, len, err.word);
		require(col >= 1 && col <= len);
		require(!memchr(" \t\n\v\f\r", line[col - 1], 6));
	} else {
		for (size_t i = 0; i < n; i++)
			require(argv[i] >= text &&
				argv[i] + strlen(argv[i]) <= text + len);
		require(uk_args_separator(argv, n) <= n);
		require(uk_args_column(line, len, n) == len + 1);
		again(argv, n, len);
	}
	free(text);
	free(line);
	return 0;
}
