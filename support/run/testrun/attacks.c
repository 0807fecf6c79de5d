/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Attacks told act by act: what became of each, its last words, and whether
 * its control survived. Drawn from the names of the jobs, which expect.awk
 * makes.
 */
#include <stdlib.h>
#include <string.h>
#include "job.h"

#define PARTS 6
enum { KIND, GROUP, COMPILER, MACHINE, ACT, PROFILE };
static const char control[] = "control", gap[] = "-gap";

/* Cut a copy of a name at its slashes; false if it is no act's. The profile
 * is that of the image, or NULL: one mitigation is what is attacked. */
static bool split(char *name, char *part[PARTS])
{
	size_t n = 0;
	char *save = NULL, *p = strtok_r(name, "/", &save);

	part[PROFILE] = NULL;
	for (; p; p = strtok_r(NULL, "/", &save)) {
		if (n == PARTS)
			return false;
		part[n++] = p;
	}
	return n > ACT && (!part[PROFILE] || strcmp(part[PROFILE], control));
}

/* Its name is the act's, with `control` for a profile. */
static const struct job *control_of(const struct list *l, const struct job *j,
				    const char *profile)
{
	size_t i, len = strlen(j->name);

	if (profile)
		len -= strlen(profile) + 1;
	for (i = 0; i < l->n; i++)
		if (!strncmp(l->jobs[i].name, j->name, len) &&
		    l->jobs[i].name[len] == '/' &&
		    !strcmp(l->jobs[i].name + len + 1, control))
			return &l->jobs[i];
	return NULL;
}

/* A profile that does not claim to stop it: the run shows that it does not. */
static bool cut_gap(char *profile)
{
	size_t len = profile ? strlen(profile) : 0, cut = strlen(gap);

	if (len <= cut || strcmp(profile + len - cut, gap))
		return false;
	profile[len - cut] = '\0';
	return true;
}

static const char *outcome(const struct job *j, const char *right)
{
	return !j || !j->chosen ? "not run" :
	       j->state == SUCCESS ? right : state_name(j->state);
}

static void field(FILE *f, const char *key, const char *value)
{
	fprintf(f, ", \"%s\": ", key);
	json_string(f, value);
}

void attacks_json(const struct list *l, FILE *f)
{
	const char *between = "";
	char *part[PARTS], *name;
	const struct job *c, *j;
	bool open;

	fputs("\n \"attacks\": [\n", f);
	for (j = l->jobs; j < l->jobs + l->n; j++) {
		if (!j->chosen || strcmp(j->kind, "attack"))
			continue;
		name = strcpy(grow(NULL, strlen(j->name) + 1, 1), j->name);
		if (split(name, part)) {
			c = control_of(l, j, part[PROFILE]);
			open = cut_gap(part[PROFILE]);
			fprintf(f, "%s  {\"name\": ", between);
			json_string(f, j->name);
			field(f, "group", part[GROUP]);
			field(f, "compiler", part[COMPILER]);
			field(f, "machine", part[MACHINE]);
			field(f, "act", part[ACT]);
			field(f, "profile", part[PROFILE] ?: "");
			field(f, "outcome",
			      outcome(j, open ? "not stopped" : "stopped"));
			field(f, "words", j->words ? j->words : "");
			field(f, "control", outcome(c, "survived"));
			field(f, "control_words",
			      c && c->words ? c->words : "");
			putc('}', f);
			between = ",\n";
		}
		free(name);
	}
	fputs("\n ],", f);
}
