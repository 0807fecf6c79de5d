/* SPDX-License-Identifier: BSD-3-Clause */
/* What scanf reads from, and a field of it. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct nolibc_source {
	const char *s;	/* a string, */
	FILE *f;	/* or, if s is NULL, a stream */
	int count;	/* characters taken so far */
};

/* The next character, which stays there; EOF. */
int nolibc_peek(struct nolibc_source *src);
/* Take it. */
void nolibc_take(struct nolibc_source *src);

/* One conversion. */
struct nolibc_field {
	int width;		/* characters at most, > 0 */
	char conv;
	char len;		/* as in struct uk_fmt_spec */
	bool drop;		/* '*': take it and forget it */
	bool alloc;		/* 'm': memory for it is the caller's to free */
	bool inverted;		/* a set that begins with '^' */
	const char *set, *set_end; /* what stands between the brackets */
};

#define NOLIBC_NO_MATCH (-1)
#define NOLIBC_NO_INPUT (-2)	/* the end came first; or no memory */

/* Each takes one field. 0, NOLIBC_NO_MATCH or NOLIBC_NO_INPUT. */
int nolibc_scan_integer(struct nolibc_source *src, const struct nolibc_field *w,
			uint64_t *v);
int nolibc_scan_text(struct nolibc_source *src, const struct nolibc_field *w,
		     void *dst);
/* dst: float *, double * or long double *, by w->len; NULL: drop. */
int nolibc_scan_real(struct nolibc_source *src, const struct nolibc_field *w,
		     void *dst);
