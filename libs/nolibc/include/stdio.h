/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Streams on the console, and formatted text. There are no files here (a file
 * system brings its own library): the streams are stdin, stdout (line by
 * line) and stderr (at once). stdout is flushed when the image ends through
 * exit() or the return of main, not when it crashes.
 *
 * printf formats: <uk/fmt.h> plus a A e E f F g G (exact and correctly rounded;
 * CONFIG_LIBNOLIBC_FLOAT), lc and ls as UTF-8, and %n$ (CONFIG_
 * LIBNOLIBC_NUMBERED). %n is refused: the call returns -1 with errno EINVAL,
 * or, where the library has fortify, does not return.
 * Streams have no locks: threads of a cooperative scheduler may share them.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <sys/cdefs.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 256
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

#define __PRINTF(f, a) __attribute__((format(printf, f, a)))
#define __SCANF(f, a) __attribute__((format(scanf, f, a)))

__BEGIN_DECLS
typedef struct nolibc_file FILE;
extern FILE *const stdin, *const stdout, *const stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

int printf(const char *__restrict fmt, ...) __PRINTF(1, 2);
int vprintf(const char *__restrict fmt, va_list ap) __PRINTF(1, 0);
int fprintf(FILE *__restrict f, const char *__restrict fmt, ...)
	__PRINTF(2, 3);
int vfprintf(FILE *__restrict f, const char *__restrict fmt, va_list ap)
	__PRINTF(2, 0);
int dprintf(int fd, const char *__restrict fmt, ...) __PRINTF(2, 3);
int vdprintf(int fd, const char *__restrict fmt, va_list ap) __PRINTF(2, 0);
int sprintf(char *__restrict buf, const char *__restrict fmt, ...)
	__PRINTF(2, 3);
int vsprintf(char *__restrict buf, const char *__restrict fmt, va_list ap)
	__PRINTF(2, 0);
int snprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
	     ...) __PRINTF(3, 4);
int vsnprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
	      va_list ap) __PRINTF(3, 0);
/* *out is from malloc, NULL on failure. */
int asprintf(char **__restrict out, const char *__restrict fmt, ...)
	__PRINTF(2, 3);
int vasprintf(char **__restrict out, const char *__restrict fmt, va_list ap)
	__PRINTF(2, 0);

int scanf(const char *__restrict fmt, ...) __SCANF(1, 2);
int vscanf(const char *__restrict fmt, va_list ap) __SCANF(1, 0);
int fscanf(FILE *__restrict f, const char *__restrict fmt, ...) __SCANF(2, 3);
int vfscanf(FILE *__restrict f, const char *__restrict fmt, va_list ap)
	__SCANF(2, 0);
int sscanf(const char *__restrict s, const char *__restrict fmt, ...)
	__SCANF(2, 3);
int vsscanf(const char *__restrict s, const char *__restrict fmt, va_list ap)
	__SCANF(2, 0);

int fputc(int c, FILE *f);
int putc(int c, FILE *f);
int putchar(int c);
int fputs(const char *__restrict s, FILE *__restrict f);
int puts(const char *s);
size_t fwrite(const void *__restrict p, size_t size, size_t n,
	      FILE *__restrict f);
void perror(const char *s);

/* These wait for the console. Ctrl-D is the end of input, CR becomes NL. */
int fgetc(FILE *f);
int getc(FILE *f);
int getchar(void);
int ungetc(int c, FILE *f);
char *fgets(char *__restrict s, int size, FILE *__restrict f);
size_t fread(void *__restrict p, size_t size, size_t n, FILE *__restrict f);

int fflush(FILE *f);
int setvbuf(FILE *__restrict f, char *__restrict buf, int mode, size_t size);
void setbuf(FILE *__restrict f, char *__restrict buf);
int feof(FILE *f);
int ferror(FILE *f);
void clearerr(FILE *f);
int fileno(FILE *f);
__END_DECLS
