/* SPDX-License-Identifier: BSD-3-Clause */
/* What a number's text says: between digits.c and real.c. */
#pragma once

#include <stdbool.h>

struct nolibc_text {
	const char *p;		/* next character */
	const char *limit;	/* where the text ends; NULL: at its NUL */
	const char *digits;	/* first digit that is not 0; NULL: none is */
	const char *end;	/* behind the last digit or point */
	long long place;	/* *digits has the weight base^place */
	unsigned __int128 head;	/* the first n_head digits from *digits on */
	unsigned int n_head;
	bool more;		/* a digit behind those is not 0 */
};

static inline char nolibc_text_at(const struct nolibc_text *t, const char *p)
{
	return t->limit && p >= t->limit ? 0 : *p;
}

/* Digits with at most one point; `keep` of them go into head. false: there is
 * no digit. */
bool nolibc_read_digits(struct nolibc_text *t, unsigned int base,
			unsigned int keep);
/* "e-5" with this letter; 0, and nothing read, unless there are digits. */
long long nolibc_read_exponent(struct nolibc_text *t, char letter);
/* A word in small letters, read in any case. */
bool nolibc_read_word(struct nolibc_text *t, const char *word);
