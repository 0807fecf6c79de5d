/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a stream is: the console and a buffer before it. No function pointers:
 * a FILE is the first thing that an attacker with a write would go for.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct nolibc_file {
	char *buf;	/* size bytes; size = 0: none */
	size_t size, used;
	int unread;	/* character of ungetc(), EOF = none */
	signed char fd;
	signed char mode; /* _IO?BF */
	bool eof, error;
};

/* Put n bytes into f and hand on to the console what its mode says. On a
 * stream that cannot be written: f->error, errno = EBADF, result 0. */
size_t nolibc_stream_write(FILE *f, const char *s, size_t n);
/* The same as the put function of a formatter; arg is the FILE. */
void nolibc_stream_put(void *arg, const char *s, size_t n);
