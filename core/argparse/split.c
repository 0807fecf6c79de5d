/* SPDX-License-Identifier: BSD-3-Clause */
/* The command line into words. */
#include <stdbool.h>
#include <uk/argparse.h>
#include <uk/errno.h>
#include <uk/str.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What is read: at `pos` of `line`, and where its words go. */
struct reader {
	const char *line;
	size_t len, pos;
	char *out;	/* NULL: words are only skipped */
	enum uk_args_fault fault;
};

static void put(struct reader *r, char c)
{
	if (c == '\0')
		r->fault = UK_ARGS_NUL;
	if (r->out)
		*r->out++ = c;
}

/* Behind a backslash. */
static void escaped(struct reader *r)
{
	if (r->pos == r->len)
		r->fault = UK_ARGS_BACKSLASH;
	else
		put(r, r->line[r->pos++]);
}

/* Behind an opening quote, up to and with the closing one. */
static void quoted(struct reader *r, char quote)
{
	while (r->pos < r->len && !r->fault) {
		char c = r->line[r->pos++];
		char next = r->pos < r->len ? r->line[r->pos] : '\0';

		if (c == quote)
			return;
		if (quote == '"' && c == '\\' && (next == '"' || next == '\\'))
			escaped(r);
		else
			put(r, c);
	}
	if (!r->fault)
		r->fault = UK_ARGS_QUOTE;
}

static void skip_blanks(struct reader *r)
{
	while (r->pos < r->len && is_blank(r->line[r->pos]))
		r->pos++;
}

/* One word, which begins at pos; the closing NUL is written, too. */
static void word(struct reader *r)
{
	while (r->pos < r->len && !r->fault && !is_blank(r->line[r->pos])) {
		char c = r->line[r->pos++];

		if (c == '\'' || c == '"')
			quoted(r, c);
		else if (c == '\\')
			escaped(r);
		else
			put(r, c);
	}
	if (r->out)
		*r->out++ = '\0';
}

int uk_args_split(const char *line, size_t len, char *text, char **argv,
		  size_t max, size_t *n, struct uk_args_error *err)
{
	struct reader r = { .line = line, .len = len, .out = text };

	*n = 0;
	for (;;) {
		skip_blanks(&r);
		if (r.pos == len)
			return 0;
		err->word = *n;
		err->param = NULL;
		if (*n == max) {
			err->fault = UK_ARGS_MANY;
			return -E2BIG;
		}
		argv[(*n)++] = r.out;
		word(&r);
		if (r.fault) {
			err->fault = r.fault;
			return -EINVAL;
		}
	}
}

size_t uk_args_separator(char *const *argv, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(argv[i], "--"))
			break;
	return i;
}

size_t uk_args_column(const char *line, size_t len, size_t nth)
{
	struct reader r = { .line = line, .len = len };

	skip_blanks(&r);
	while (nth-- && r.pos < len) {
		word(&r);
		skip_blanks(&r);
	}
	return r.pos + 1;
}
