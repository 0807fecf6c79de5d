/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * fixdep DEPFILE TARGET: turn a compiler's dependency list into make's.
 *
 * Every source sees every option through <uk/config.h>, so by the compiler's
 * own list any changed option would rebuild everything. This leaves config.h
 * out and puts in its place the stamps of those options that the source and
 * its headers really name: $(UKI_STAMPS)/<OPTION>, wrapped in $(wildcard) since
 * an option that is off has no stamp. Options are words that begin with CONFIG_
 * or APP (an application's own, as the seed's programs write them).
 * Standard output: DEPS_<target> := ... and a rule without recipe.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **seen;
static size_t n_seen, max_seen;

static void die(const char *what, const char *name)
{
	fprintf(stderr, "fixdep: %s %s: %s\n", what, name, strerror(errno));
	exit(1);
}

static char *slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t len = 0, max = 1 << 16, n;
	char *buf = malloc(max);

	if (!f || !buf)
		die("cannot read", path);
	while ((n = fread(buf + len, 1, max - len - 1, f)) > 0) {
		len += n;
		if (max - len < 2 && !(buf = realloc(buf, max *= 2)))
			die("no memory for", path);
	}
	if (ferror(f))
		die("cannot read", path);
	fclose(f);
	buf[len] = '\0';
	return buf;
}

static void option(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < n_seen; i++)
		if (!strncmp(seen[i], name, len) && !seen[i][len])
			return;
	if (n_seen == max_seen) {
		max_seen = max_seen ? max_seen * 2 : 64;
		seen = realloc(seen, max_seen * sizeof(*seen));
		if (!seen)
			die("no memory for", "options");
	}
	seen[n_seen++] = strndup(name, len);
	printf(" \\\n\t$(wildcard $(UKI_STAMPS)/%.*s)", (int)len, name);
}

static int word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void scan(const char *text)
{
	const char *p = text, *end;

	while (*p) {
		if (!word(*p)) {
			p++;
			continue;
		}
		for (end = p; word(*end); end++)
			;
		if (!strncmp(p, "CONFIG_", 7) && end - p > 7)
			option(p + 7, (size_t)(end - p - 7));
		else if (!strncmp(p, "APP", 3) && end - p > 3)
			option(p, (size_t)(end - p));
		p = end;
	}
}

static int ends_with(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && !strcmp(s + n - m, tail);
}

int main(int argc, char **argv)
{
	char *list, *tok;

	if (argc != 3) {
		fputs("usage: fixdep DEPFILE TARGET\n", stderr);
		return 2;
	}
	list = slurp(argv[1]);
	tok = strchr(list, ':');
	if (!tok) {
		errno = EINVAL;
		die("not a dependency list:", argv[1]);
	}
	printf("DEPS_%s :=", argv[2]);
	for (tok = strtok(tok + 1, " \t\r\n"); tok; tok = strtok(NULL, " \t\r\n")) {
		char *text;

		if (!strcmp(tok, "\\") || ends_with(tok, "/uk/config.h"))
			continue;
		printf(" \\\n\t%s", tok);
		text = slurp(tok);
		scan(text);
		free(text);
	}
	printf("\n%s: $(DEPS_%s)\n$(DEPS_%s):\n", argv[2], argv[2], argv[2]);
	return fflush(stdout) ? 1 : 0;
}
