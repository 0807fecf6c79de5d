/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <stddef.h>
#include "options.h"

#define NSEC 1000000000ull

/* A number of decimal digits, `most` at most; *end is what follows. */
static bool whole(const char *s, const char **end, uint64_t most, uint64_t *v)
{
	const char *p = s;

	for (*v = 0; *p >= '0' && *p <= '9'; p++) {
		*v = *v * 10 + (uint64_t)(*p - '0');
		if (*v > most)
			return false;
	}
	*end = p;
	return p > s;
}

static bool number(const char *s, uint32_t least, uint32_t most, uint32_t *to)
{
	const char *end;
	uint64_t v;

	if (!whole(s, &end, most, &v) || *end || v < least)
		return false;
	*to = (uint32_t)v;
	return true;
}

/* Seconds, with at most nine digits behind a point, at least a hundredth. */
static bool seconds(const char *s, uint64_t *ns)
{
	uint64_t v, part = 0, unit = NSEC;
	const char *end;

	if (!whole(s, &end, 3600, &v))
		return false;
	if (*end == '.') {
		for (end++; *end >= '0' && *end <= '9' && unit > 1; end++) {
			unit /= 10;
			part += (uint64_t)(*end - '0') * unit;
		}
		if (unit == NSEC)
			return false;
	}
	*ns = v * NSEC + part;
	return *end == '\0' && *ns >= NSEC / 100;
}

static const char *option(char letter, const char *value, struct options *o)
{
	switch (letter) {
	case 'c':
		return number(value, 1, 1000000, &o->count)
			       ? NULL : "-c: want 1 to 1000000";
	case 's':
		return number(value, 0, SIZE_MOST, &o->size)
			       ? NULL : "-s: want 0 to 1452 bytes";
	case 'i':
		return seconds(value, &o->interval_ns)
			       ? NULL : "-i: want 0.01 to 3600 seconds";
	case 'W':
		return seconds(value, &o->patience_ns)
			       ? NULL : "-W: want 0.01 to 3600 seconds";
	default:
		return "want -c COUNT, -i SECONDS, -s BYTES, -W SECONDS, "
		       "and an address";
	}
}

const char *options_parse(int argc, char *argv[], struct options *o)
{
	const char *wrong, *word, *value;
	int i;

	*o = (struct options){
		.size = 56, .interval_ns = NSEC, .patience_ns = NSEC,
	};
	for (i = 1; i < argc; i++) {
		word = argv[i];
		if (word[0] != '-') {
			if (o->address)
				return "more than one address";
			o->address = word;
			continue;
		}
		/* -c3 and -c 3 */
		value = word[1] && word[2] ? word + 2 :
			++i < argc ? argv[i] : "";
		wrong = option(word[1], value, o);
		if (wrong)
			return wrong;
	}
	return NULL;
}
