/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which options a source names: for options.c, which gives it those, and for
 * fixdep.c, which compiles it again when they change. Options are words that
 * begin with CONFIG_, or with APP, an application's own as the seed's programs
 * write them.
 */
#pragma once

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options without CONFIG_, each once. */
struct words {
	char **at;
	size_t n, max;
};

static const char *program;	/* for messages */

static inline void die(const char *what, const char *name)
{
	fprintf(stderr, "%s: %s %s: %s\n", program, what, name,
		strerror(errno));
	exit(1);
}

/* A file as text; NULL: it is not there, which errno says. */
static inline char *slurp_if(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t len = 0, max = 1 << 16, n;
	char *buf;

	if (!f)
		return NULL;
	buf = malloc(max);
	if (!buf)
		die("no memory for", path);
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

static inline char *slurp(const char *path)
{
	char *text = slurp_if(path);

	if (!text)
		die("cannot read", path);
	return text;
}

/* Is this word in it? */
static inline int words_have(const struct words *w, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (!strncmp(w->at[i], s, len) && !w->at[i][len])
			return 1;
	return 0;
}

static inline void words_add(struct words *w, const char *s, size_t len)
{
	if (words_have(w, s, len))
		return;
	if (w->n == w->max) {
		w->max = w->max ? 2 * w->max : 64;
		w->at = realloc(w->at, w->max * sizeof(*w->at));
	}
	if (!w->at || !(w->at[w->n++] = strndup(s, len)))
		die("no memory for", "options");
}

/* The option that the word at p names, or NULL. */
static inline const char *words_option(const char *p)
{
	return !strncmp(p, "CONFIG_", 7) ? p + 7 :
	       !strncmp(p, "APP", 3) ? p : NULL;
}

/* Add the options that a text names. */
static inline void words_scan(struct words *w, const char *p)
{
	const char *end, *name;

	while (*p) {
		for (end = p; isalnum((unsigned char)*end) || *end == '_';)
			end++;
		if (end == p) {
			p++;
			continue;
		}
		name = words_option(p);
		/* Not a prefix by itself. */
		if (name && end > name && end - p > 3)
			words_add(w, name, (size_t)(end - name));
		p = end;
	}
}
