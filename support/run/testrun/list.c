/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads lists of jobs. A record begins with its `job` line:
 *	job NAME		kind KIND (`step`: prepares others)
 *	needs NAME...		of jobs further up
 *	limit SECONDS		status N
 *	match REGEX		nomatch REGEX
 *	use THING (no two jobs with the same one at once)	alone
 *	run SHELL COMMAND
 */
#include <ctype.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "job.h"

#define DEFAULT_LIMIT 60

void *grow(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n, size);
	if (!p) {
		perror("testrun");
		exit(2);
	}
	return p;
}

static char *copy(const char *s)
{
	return strcpy(grow(NULL, strlen(s) + 1, 1), s);
}

static const char *add_pattern(struct job *j, const char *text, bool want)
{
	static char why[160];
	struct pattern *p;
	int e;

	j->patterns = grow(j->patterns, j->n_patterns + 1, sizeof(*p));
	p = &j->patterns[j->n_patterns];
	e = regcomp(&p->re, text, REG_EXTENDED | REG_NEWLINE);
	if (e) {
		regerror(e, &p->re, why, sizeof(why));
		return why;
	}
	p->text = copy(text);
	p->want = want;
	j->n_patterns++;
	return NULL;
}

static const char *add_needs(struct list *l, struct job *j, char *names)
{
	char *save = NULL, *name = strtok_r(names, " \t", &save);
	size_t i;

	for (; name; name = strtok_r(NULL, " \t", &save)) {
		for (i = 0; &l->jobs[i] < j; i++)
			if (!strcmp(l->jobs[i].name, name))
				break;
		if (&l->jobs[i] == j)
			return "needs a job that is not further up";
		j->needs = grow(j->needs, j->n_needs + 1, sizeof(i));
		j->needs[j->n_needs++] = i;
	}
	return NULL;
}

static const char *add_job(struct list *l, const char *name)
{
	struct job *j;
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!strcmp(l->jobs[i].name, name))
			return "a second job of this name";
	l->jobs = grow(l->jobs, l->n + 1, sizeof(*l->jobs));
	j = &l->jobs[l->n++];
	*j = (struct job){ .name = copy(name), .kind = copy("test"),
			   .limit = DEFAULT_LIMIT };
	return NULL;
}

static const char *number(const char *s, unsigned int most, unsigned int *out)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	if (!isdigit((unsigned char)*s) || *end || v > most)
		return "not a number in range";
	*out = (unsigned int)v;
	return NULL;
}

/* One line, split into its word and the rest. NULL or what is wrong. */
static const char *take(struct list *l, const char *word, char *rest)
{
	struct job *j = l->n ? &l->jobs[l->n - 1] : NULL;
	const char *e;
	unsigned int v;

	if (!strcmp(word, "job"))
		return *rest ? add_job(l, rest) : "a job needs a name";
	if (!j)
		return "expected `job NAME` first";
	if (!strcmp(word, "alone"))
		return j->alone = true, NULL;
	if (!*rest)
		return "unknown word, or its value is missing";
	if (!strcmp(word, "kind"))
		return free(j->kind), j->kind = copy(rest), NULL;
	if (!strcmp(word, "use"))
		return free(j->use), j->use = copy(rest), NULL;
	if (!strcmp(word, "run"))
		return free(j->command), j->command = copy(rest), NULL;
	if (!strcmp(word, "needs"))
		return add_needs(l, j, rest);
	if (!strcmp(word, "match"))
		return add_pattern(j, rest, true);
	if (!strcmp(word, "nomatch"))
		return add_pattern(j, rest, false);
	if (!strcmp(word, "limit"))
		return number(rest, INT_MAX / 1000, &j->limit);
	if (!strcmp(word, "status")) {
		e = number(rest, 255, &v);
		j->status = e ? 0 : (int)v;
		return e;
	}
	return "unknown word";
}

int list_read(struct list *l, FILE *f, const char *file)
{
	char *line = NULL, *word, *rest;
	const char *e = NULL;
	size_t size = 0, from = l->n, i;
	unsigned long no = 0;
	ssize_t len;

	while (!e && (len = getline(&line, &size, f)) >= 0) {
		no++;
		while (len && isspace((unsigned char)line[len - 1]))
			line[--len] = '\0';
		word = line + strspn(line, " \t");
		if (!*word || *word == '#')
			continue;
		rest = word + strcspn(word, " \t");
		if (*rest)
			*rest++ = '\0';
		rest += strspn(rest, " \t");
		e = take(l, word, rest);
	}
	free(line);
	for (i = from; !e && i < l->n; i++)
		if (!l->jobs[i].command) {
			fprintf(stderr, "%s: job %s runs nothing\n", file,
				l->jobs[i].name);
			return -1;
		}
	if (e)
		fprintf(stderr, "%s:%lu: %s\n", file, no, e);
	return e ? -1 : 0;
}

bool job_is_step(const struct job *j)
{
	return !strcmp(j->kind, "step");
}

size_t list_choose(struct list *l, const char *kind, const char *pattern)
{
	size_t i, k, n = 0;
	struct job *j;

	/* Needs point upwards only, so one walk from below finds them all. */
	for (i = l->n; i-- > 0;) {
		j = &l->jobs[i];
		if (!job_is_step(j) && (!kind || !strcmp(kind, j->kind)) &&
		    (!pattern || !fnmatch(pattern, j->name, 0)))
			j->chosen = true;
		for (k = 0; j->chosen && k < j->n_needs; k++)
			l->jobs[j->needs[k]].chosen = true;
		n += j->chosen && !job_is_step(j);
	}
	return n;
}

void list_free(struct list *l)
{
	size_t i, k;

	for (i = 0; i < l->n; i++) {
		struct job *j = &l->jobs[i];

		for (k = 0; k < j->n_patterns; k++) {
			regfree(&j->patterns[k].re);
			free(j->patterns[k].text);
		}
		free(j->patterns);
		free(j->needs);
		free(j->name);
		free(j->kind);
		free(j->command);
		free(j->use);
		free(j->log);
		free(j->words);
	}
	free(l->jobs);
	*l = (struct list){ 0 };
}
