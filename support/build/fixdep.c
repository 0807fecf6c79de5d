/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * fixdep DEPFILE TARGET FOLDER: turn a compiler's dependency list into make's.
 *
 * Every source sees every option through <uk/config.h>, so by the compiler's
 * own list any changed option would rebuild everything. This leaves config.h
 * out and puts in its place the stamps of those options that the source and
 * its headers really name: $(UKI_STAMPS)/<OPTION>, wrapped in $(wildcard) since
 * an option that is off has no stamp. Options are words that begin with CONFIG_
 * or APP (an application's own, as the seed's programs write them).
 * The compiler and this program run in FOLDER, to which names in the list that
 * are not absolute belong.
 * Appends DEPS_<target> := ... and a rule without recipe to TARGET.cmd.new, and
 * then puts things in place: TARGET.new becomes TARGET, TARGET.cmd.new becomes
 * TARGET.cmd, DEPFILE goes. Here and not in the shell: a process each, for each
 * object, is a tenth of a build's time.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **seen;
static size_t n_seen, max_seen;
static FILE *out;		/* TARGET.cmd.new */

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
	fprintf(out, " \\\n\t$(wildcard $(UKI_STAMPS)/%.*s)", (int)len, name);
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

/* Is there such a line in a configuration? APP's stand as they are. */
static int defines(const char *config, const char *name)
{
	char line[256];
	int len = snprintf(line, sizeof(line), "\n#define %s%s ",
			   strncmp(name, "APP", 3) ? "CONFIG_" : "", name);

	return len < (int)sizeof(line) && strstr(config, line);
}

/* A library's own config.h has the options that it names, of all that are set:
 * see options.c. */
static void check(const char *own, const char *target)
{
	char *part = slurp(own), *all = slurp("include/uk/config.h");
	size_t i;

	for (i = 0; i < n_seen; i++) {
		if (defines(part, seen[i]) || !defines(all, seen[i]))
			continue;
		fprintf(stderr, "fixdep: error: %s names the option %s in a "
			"folder where the build does not look for options: "
			"add it to the library's _CINCLUDES-y\n", target,
			seen[i]);
		exit(1);
	}
	free(part);
	free(all);
}

/* name = target + suffix, in memory that stays */
static char *with(const char *target, const char *suffix)
{
	char *name = malloc(strlen(target) + strlen(suffix) + 1);

	if (!name)
		die("no memory for", target);
	return strcat(strcpy(name, target), suffix);
}

static void place(const char *target, const char *suffix)
{
	const char *to = with(target, suffix), *from = with(to, ".new");

	if (rename(from, to) != 0)
		die("cannot put in place", to);
}

int main(int argc, char **argv)
{
	const char *record;
	char *list, *tok, *own = NULL;

	if (argc != 4) {
		fputs("usage: fixdep DEPFILE TARGET FOLDER\n", stderr);
		return 2;
	}
	list = slurp(argv[1]);
	tok = strchr(list, ':');
	if (!tok) {
		errno = EINVAL;
		die("not a dependency list:", argv[1]);
	}
	record = with(argv[2], ".cmd.new");
	out = fopen(record, "ab");
	if (!out)
		die("cannot write", record);
	fprintf(out, "DEPS_%s :=", argv[2]);
	for (tok = strtok(tok + 1, " \t\r\n"); tok; tok = strtok(NULL, " \t\r\n")) {
		char *text;

		if (!strcmp(tok, "\\"))
			continue;
		if (ends_with(tok, "/uk/config.h")) {
			own = tok;
			continue;
		}
		fprintf(out, " \\\n\t%s%s%s", *tok == '/' ? "" : argv[3],
			*tok == '/' ? "" : "/", tok);
		text = slurp(tok);
		scan(text);
		free(text);
	}
	if (own && strcmp(own, "include/uk/config.h"))
		check(own, argv[2]);
	fprintf(out, "\n%s: $(DEPS_%s)\n$(DEPS_%s):\n", argv[2], argv[2],
		argv[2]);
	if (fclose(out) != 0)
		die("cannot write", record);
	place(argv[2], "");
	place(argv[2], ".cmd");
	return remove(argv[1]) ? 1 : 0;
}
