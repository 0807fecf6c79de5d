/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * options CONFIG_H LIST STAMP: for each library its own <uk/config.h>, in which
 * those options stand that its sources and the headers that it sees name. To a
 * compiler cache a library is then the same for as long as its own options are.
 * What is missed here, fixdep finds.
 *
 * LIST has a line a library: the file to write, then the folders to look into,
 * without those below them; one with a / at its end with them. Nothing is read
 * while STAMP, a copy of LIST, is the same and newer than all that was read.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>
#include "words.h"

struct folder {
	char *name;
	struct words words;
	bool seen, read;
};

static struct folder *folders;
static size_t n_folders, max_folders;
static struct timespec newest;

static bool later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec :
					a->tv_nsec > b->tv_nsec;
}

static void note_time(const struct stat *st)
{
	if (later(&st->st_mtim, &newest))
		newest = st->st_mtim;
}

/* ---- folders ----------------------------------------------------------- */

static bool is_source(const char *name)
{
	static const char *const ends[] = {
		".c", ".h", ".S", ".s", ".sx", ".cc", ".cpp", ".cxx", ".C",
		".hh", ".hpp", ".inc", ".def",
	};
	const char *dot = strrchr(name, '.');
	size_t i;

	for (i = 0; dot && i < sizeof(ends) / sizeof(ends[0]); i++)
		if (!strcmp(dot, ends[i]))
			return true;
	return false;
}

/* What is named in a folder; without w only when it was last changed. */
static void walk(const char *name, bool below, struct words *w)
{
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(name);
	char *path, *text;

	if (!d)
		return;		/* not made yet */
	if (fstat(dirfd(d), &st) == 0)
		note_time(&st);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		if (asprintf(&path, "%s/%s", name, e->d_name) < 0)
			die("no memory for", name);
		if (stat(path, &st) != 0) {
			free(path);
			continue;
		}
		if (S_ISDIR(st.st_mode) && below) {
			walk(path, below, w);
		} else if (S_ISREG(st.st_mode) && is_source(e->d_name)) {
			note_time(&st);
			text = w ? slurp_if(path) : NULL;
			if (text)
				words_scan(w, text);
			free(text);
		}
		free(path);
	}
	closedir(d);
}

static struct folder *folder(const char *name)
{
	size_t i;

	for (i = 0; i < n_folders; i++)
		if (!strcmp(folders[i].name, name))
			return &folders[i];
	if (n_folders == max_folders) {
		max_folders = max_folders ? 2 * max_folders : 64;
		folders = realloc(folders, max_folders * sizeof(*folders));
		if (!folders)
			die("no memory for", name);
	}
	folders[n_folders] = (struct folder){ .name = strdup(name) };
	return &folders[n_folders++];
}

static void look(struct folder *f, bool read)
{
	size_t len = strlen(f->name);
	bool below = len && f->name[len - 1] == '/';

	if (read ? f->read : f->seen)
		return;
	f->seen = true;
	f->read = read;
	walk(f->name, below, read ? &f->words : NULL);
}

/* ---- what is written --------------------------------------------------- */

static void write_if_changed(const char *path, const char *text)
{
	char *old = slurp_if(path), *fresh, *slash;
	FILE *f;

	if (old && !strcmp(old, text)) {
		free(old);
		return;
	}
	free(old);
	if (asprintf(&fresh, "%s.new", path) < 0)
		die("no memory for", path);
	for (slash = strchr(fresh + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(fresh, 0777);
		*slash = '/';
	}
	f = fopen(fresh, "wb");
	if (!f || fputs(text, f) < 0 || fclose(f) != 0 || rename(fresh, path))
		die("cannot write", path);
	free(fresh);
}

/* The lines of the whole file whose option is named. */
static void pick(const char *config, const char *path, const struct words *w)
{
	char *text = malloc(strlen(config) + 1), *to = text;
	const char *line, *end, *name;

	if (!text)
		die("no memory for", path);
	for (line = config; *line; line = end) {
		end = strchr(line, '\n');
		end = end ? end + 1 : line + strlen(line);
		name = strncmp(line, "#define ", 8) ? NULL :
		       words_option(line + 8);
		if (!name || words_have(w, name, strcspn(name, " \n"))) {
			memcpy(to, line, (size_t)(end - line));
			to += end - line;
		}
	}
	*to = '\0';
	write_if_changed(path, text);
	free(text);
}

/* A line of the list: every folder of it, or the file from what is in them. */
static void library(char *line, const char *config)
{
	char *save, *path = strtok_r(line, " ", &save), *name;
	struct words all = { 0 };
	struct folder *f;
	size_t i;

	while (path && (name = strtok_r(NULL, " ", &save))) {
		f = folder(name);
		look(f, config != NULL);
		for (i = 0; config && i < f->words.n; i++)
			words_add(&all, f->words.at[i],
				  strlen(f->words.at[i]));
	}
	if (path && config)
		pick(config, path, &all);
	free(all.at);
}

static void each_line(const char *list, const char *config)
{
	char *copy = strdup(list), *save, *line;

	for (line = strtok_r(copy, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		library(line, config);
	free(copy);
}

static bool up_to_date(const char *config, const char *list, const char *stamp)
{
	char *known = slurp_if(stamp);
	struct stat st;
	bool same = known && !strcmp(known, list);

	free(known);
	if (!same || stat(config, &st) != 0)
		return false;
	note_time(&st);
	each_line(list, NULL);
	return stat(stamp, &st) == 0 && later(&st.st_mtim, &newest);
}

int main(int argc, char **argv)
{
	char *list, *config;

	program = "options";
	if (argc != 4) {
		fputs("usage: options CONFIG_H LIST STAMP\n", stderr);
		return 2;
	}
	list = slurp(argv[2]);
	if (up_to_date(argv[1], list, argv[3]))
		return 0;
	config = slurp(argv[1]);
	remove(argv[3]);
	each_line(list, config);
	write_if_changed(argv[3], list);
	return 0;
}
