/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "file.h"
#include "map.h"

static void add(struct map *m, size_t *room, struct placed p)
{
	if (m->n == *room) {
		*room = *room ? 2 * *room : 1024;
		m->at = must(realloc(m->at, *room * sizeof(*m->at)));
	}
	p.nr = m->n;
	m->at[m->n++] = p;
}

/* Cuts the next line out of the text; NULL at the end. */
static char *line(char **text)
{
	char *start = *text, *end;

	if (!*start)
		return NULL;
	end = strchr(start, '\n');
	*text = end ? end + 1 : start + strlen(start);
	if (end)
		*end = '\0';
	return start;
}

/* "VMA LMA Size Align <file>:(<section>)", the first three in hex */
static void read_lld(struct map *m, char *text)
{
	struct placed p;
	size_t room = 0;
	char *l, *colon, *end;
	int at;

	while ((l = line(&text))) {
		if (sscanf(l, " %lx %*x %lx %*x %n", &p.addr, &p.size,
			   &at) < 2 || !(colon = strstr(l + at, ":(")))
			continue;
		end = strrchr(colon, ')');
		if (!end || end[1])
			continue;
		*colon = *end = '\0';
		p.file = l + at;
		p.section = colon + 2;
		add(m, &room, p);
	}
}

/* " <section> 0xADDR 0xSIZE <file>"; a long name has a line of its own. What
 * comes before the memory map was discarded. */
static void read_gnu(struct map *m, char *text)
{
	struct placed p;
	size_t room = 0;
	char *l, *rest, *section = NULL;
	int at;

	while ((l = line(&text))) {
		if (l[0] == ' ' && (l[1] == '.' || !strncmp(l, " COMMON", 7))) {
			section = l + 1;
			rest = strchr(section, ' ');
			if (!rest)
				continue;
			*rest++ = '\0';
		} else {
			rest = l;
		}
		at = 0;
		if (section && sscanf(rest, " 0x%lx 0x%lx %n", &p.addr,
				      &p.size, &at) == 2 && at && rest[at]) {
			p.file = rest + at;
			p.section = section;
			add(m, &room, p);
		}
		section = NULL;
	}
}

static int order(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;
	int c = strcmp(a->file, b->file);

	if (!c)
		c = strcmp(a->section, b->section);
	return c ? c : (a->nr > b->nr) - (a->nr < b->nr);
}

struct map map_read(const char *name)
{
	static const char gnu[] = "\nLinker script and memory map\n";
	struct file f = file_read(name);
	char *text = must(malloc(f.size + 1)), *start;
	struct map m = { 0 };

	memcpy(text, f.data, f.size);
	text[f.size] = '\0';
	start = strstr(text, gnu);
	if (start)
		read_gnu(&m, start + sizeof(gnu) - 1);
	else
		read_lld(&m, text);
	if (!m.n)
		die(name, "not a map of GNU ld or lld");
	qsort(m.at, m.n, sizeof(*m.at), order);
	return m;
}

const struct placed *map_find(const struct map *m, const char *file,
			      const char *section, size_t nth)
{
	size_t low = 0, high = m->n, mid;
	const struct placed key = { .file = file, .section = section };

	while (low < high) {
		mid = (low + high) / 2;
		if (order(&m->at[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	low += nth;
	if (low >= m->n || strcmp(m->at[low].file, file) ||
	    strcmp(m->at[low].section, section))
		return NULL;
	return &m->at[low];
}
