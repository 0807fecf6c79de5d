/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which messages are printed: a level for all libraries and exceptions by
 * name, from the boot parameter debug.level=LEVEL[,LIB:LEVEL...].
 */
#include <stdbool.h>
#include <uk/config.h>
#include <uk/errno.h>
#include <uk/print.h>
#include <uk/str.h>
#include "level.h"

#define MAX_EXCEPTIONS 8
#define MAX_LIB 23

struct exception {
	char lib[MAX_LIB + 1];
	signed char level;
};

/* Highest that is printed, -1 = none */
static int highest UK_RO_AFTER_INIT = UK_PRINT_INFO;
static struct {
	unsigned int n;
	struct exception e[MAX_EXCEPTIONS];
} levels UK_RO_AFTER_INIT_ZERO;

static const char *const names[] = {
	"none", "crit", "error", "warn", "info", "debug",
};

int uk_print_enabled(const char *lib, enum uk_print_level lvl)
{
	unsigned int i;

	for (i = 0; i < levels.n; i++)
		if (!strcmp(levels.e[i].lib, lib))
			return (int)lvl <= levels.e[i].level;
	return (int)lvl <= highest;
}

/* -1 for "none" up to UK_PRINT_DEBUG, or -EINVAL (below -1). */
static int level_parse(const char *s, size_t len)
{
	unsigned int i;

	for (i = 0; i < UK_ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == len && !memcmp(names[i], s, len))
			return (int)i - 1;
	return -EINVAL;
}

int uk_print_levels_parse(const char *spec, bool apply)
{
	unsigned int n = 0;

	for (;;) {
		const char *end = strchr(spec, ',');
		size_t len = end ? (size_t)(end - spec) : strlen(spec);
		const char *colon = memchr(spec, ':', len);
		size_t lib = colon ? (size_t)(colon - spec) : 0;
		size_t skip = colon ? lib + 1 : 0;
		int level = level_parse(spec + skip, len - skip);

		if (level < -1 || (colon && (!lib || lib > MAX_LIB)))
			return -EINVAL;
		if (colon && n == MAX_EXCEPTIONS)
			return -E2BIG;
		if (colon && apply) {
			memcpy(levels.e[n].lib, spec, lib);
			levels.e[n].lib[lib] = '\0';
			levels.e[n].level = (signed char)level;
		} else if (apply) {
			highest = level;
		}
		n += colon != NULL;
		if (!end)
			break;
		spec = end + 1;
	}
	if (apply)
		levels.n = n;
	return 0;
}
