/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * fixdep DEPFILE TARGET FOLDER: turn a compiler's dependency list into make's.
 *
 * Every source sees every option through <uk/config.h>, so by the compiler's
 * own list any changed option would rebuild everything. This leaves config.h
 * out and puts in its place the stamps of those options that the source and
 * its headers really name: $(UKI_STAMPS)/<OPTION>, wrapped in $(wildcard) since
 * an option that is off has no stamp.
 * The compiler and this program run in FOLDER, to which names in the list that
 * are not absolute belong.
 * Appends DEPS_<target> := ... and a rule without recipe to TARGET.cmd.new, and
 * then puts things in place: TARGET.new becomes TARGET, TARGET.cmd.new becomes
 * TARGET.cmd, DEPFILE goes. Here and not in the shell: a process each, for each
 * object, is a tenth of a build's time.
 */
#define _GNU_SOURCE
#include "words.h"

static struct words seen;
static FILE *out;		/* TARGET.cmd.new */

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

	for (i = 0; i < seen.n; i++) {
		if (defines(part, seen.at[i]) || !defines(all, seen.at[i]))
			continue;
		fprintf(stderr, "fixdep: error: %s names the option %s in a "
			"folder where the build does not look for options: "
			"add it to the library's _CINCLUDES-y\n", target,
			seen.at[i]);
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
	size_t i;

	program = "fixdep";
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
		words_scan(&seen, text);
		free(text);
	}
	for (i = 0; i < seen.n; i++)
		fprintf(out, " \\\n\t$(wildcard $(UKI_STAMPS)/%s)", seen.at[i]);
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
