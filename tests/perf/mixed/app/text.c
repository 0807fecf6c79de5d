/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines are written with formats, split at their commas and read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "work.h"

#define LINES 300

static size_t write_line(char *line, size_t size, uint32_t *seed)
{
	uint32_t a = work_next(seed), b = work_next(seed) % 1000;

	return (size_t)snprintf(line, size, "%u,%d,%08x,name-%s,%lu", a,
				(int)b - 500, a ^ b, b & 1 ? "odd" : "even",
				(unsigned long)a * b);
}

/* In place: a field ends where its comma was. */
static size_t split(char *line, char **field, size_t most)
{
	size_t n = 0;

	while (line && n < most) {
		char *comma = strchr(line, ',');

		field[n++] = line;
		if (comma)
			*comma++ = '\0';
		line = comma;
	}
	return n;
}

static uint32_t read_line(char *line)
{
	char *field[8];

	if (split(line, field, 8) != 5)
		return 0;
	return (uint32_t)(strtoul(field[0], NULL, 10) + (unsigned long)
			  strtol(field[1], NULL, 10) +
			  strtoul(field[2], NULL, 16) + strlen(field[3]) +
			  strtoul(field[4], NULL, 10));
}

uint32_t work_text(void)
{
	uint32_t check = 0, seed = 2;
	char line[120], copy[120];

	for (int i = 0; i < LINES; i++) {
		size_t len = write_line(line, sizeof(line), &seed);

		memcpy(copy, line, len + 1);
		check = check * 31 + read_line(copy);
		if (strstr(line, "even"))
			check++;
	}
	return check;
}
