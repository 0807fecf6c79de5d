/* SPDX-License-Identifier: BSD-3-Clause */
/* judge kvm|linuxu FILE...: one layout a file, lines `area NAME ADDRESS`; is that
 * random? */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stats.h"

static struct stats table;
static bool kvm;
static char names[STATS_COLUMNS][32];

/* What the platforms' layouts draw from. */
static struct stats_column range_of(const char *name)
{
	if (!strcmp(name, "window"))
		return (struct stats_column){ name, 0xffff800000000000,
					      0xffffc00000000000, 16, 30 };
	if (kvm)
		return (struct stats_column){ name, 1ul << 44, 1ul << 47, 12,
					      30 };
	if (!strcmp(name, "text"))
		return (struct stats_column){ name, 1ul << 45, 1ul << 46, 12,
					      30 };
	return (struct stats_column){ name, 1ul << 44, 1ul << 45, 12, 30 };
}

static size_t column_of(const char *name)
{
	size_t i;

	for (i = 0; i < table.columns; i++)
		if (!strcmp(names[i], name))
			return i;
	if (table.columns == STATS_COLUMNS || table.rows)
		return STATS_COLUMNS;
	strcpy(names[table.columns], name);
	table.column[table.columns] = range_of(names[i]);
	return table.columns++;
}

static size_t take(FILE *f, uintptr_t *at)
{
	char line[256], name[32];
	unsigned long v;
	size_t n = 0, i;

	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "area %31s %lx", name, &v) != 2)
			continue;
		i = column_of(name);
		if (i == STATS_COLUMNS)
			return 0;
		at[i] = v;
		n++;
	}
	return n;
}

int main(int argc, char **argv)
{
	const char *wrong;

	kvm = argc > 1 && !strcmp(argv[1], "kvm");
	for (int i = 2; i < argc && table.rows < STATS_ROWS; i++) {
		FILE *f = fopen(argv[i], "r");
		size_t n = f ? take(f, table.at[table.rows]) : 0;

		if (!n || n != table.columns) {
			printf("%s: other areas than before\n", argv[i]);
			return 2;
		}
		fclose(f);
		table.rows++;
	}
	wrong = stats_wrong(&table);
	printf("%zu layouts of %zu areas: %s\n", table.rows, table.columns,
	       wrong ? wrong : "random");
	return wrong != NULL;
}
