/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stddef.h>
#include <sys/cdefs.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff
#define MB_CUR_MAX 4

__BEGIN_DECLS
typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long long quot, rem; } lldiv_t;

/* The heap of the library that asks: the default one, or heap UK_HEAP of
 * <uk/alloc.h>, whose functions have other names for the linker. NULL with
 * errno = ENOMEM. */
#ifdef UK_HEAP
#define __HEAP_NAME_(name, n) __asm__(#name "_heap" #n)
#define __HEAP_NAME(name, n) __HEAP_NAME_(name, n)
#define __HEAP(name) __HEAP_NAME(name, UK_HEAP)
#else
#define __HEAP(name)
#endif
void *malloc(size_t size) __HEAP(malloc);
void *calloc(size_t n, size_t size) __HEAP(calloc);
void *realloc(void *p, size_t size) __HEAP(realloc);
void *reallocarray(void *p, size_t n, size_t size) __HEAP(reallocarray);
void *aligned_alloc(size_t align, size_t size) __HEAP(aligned_alloc);
int posix_memalign(void **out, size_t align, size_t size)
	__HEAP(posix_memalign);
size_t malloc_usable_size(void *p);
void free(void *p);

/* Numbers from text. The whole range is exact: floating point is the nearest
 * value, ties to even, for any number of digits. */
int atoi(const char *s);
long atol(const char *s);
long long atoll(const char *s);
long strtol(const char *__restrict s, char **__restrict end, int base);
long long strtoll(const char *__restrict s, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict s, char **__restrict end,
		      int base);
unsigned long long strtoull(const char *__restrict s, char **__restrict end,
			    int base);
double atof(const char *s);
float strtof(const char *__restrict s, char **__restrict end);
double strtod(const char *__restrict s, char **__restrict end);
long double strtold(const char *__restrict s, char **__restrict end);

int abs(int v);
long labs(long v);
long long llabs(long long v);
div_t div(int num, int den);
ldiv_t ldiv(long num, long den);
lldiv_t lldiv(long long num, long long den);

/* 1.2 n log2 n comparisons as a rule, below 4 n log2 n for the worst input;
 * 2 KB of stack, no heap, not stable. */
void qsort(void *base, size_t n, size_t size,
	   int (*cmp)(const void *a, const void *b));
void qsort_r(void *base, size_t n, size_t size,
	     int (*cmp)(const void *a, const void *b, void *arg), void *arg);
void *bsearch(const void *key, const void *base, size_t n, size_t size,
	      int (*cmp)(const void *key, const void *elem));

/* The same numbers for the same seed, for ever: for tests and games, never
 * for secrets (those come from uk_swrand). */
int rand(void);
void srand(unsigned int seed);
int rand_r(unsigned int *state);
long random(void);
void srandom(unsigned int seed);

/* exit: handlers of atexit (last first), stdout, destructors, then the machine
 * stops. _Exit: at once. abort: through the crash screen. */
int atexit(void (*fn)(void));
__attribute__((noreturn)) void exit(int status);
__attribute__((noreturn)) void _Exit(int status);
__attribute__((noreturn)) void abort(void);
/* There is no environment: always NULL. */
char *getenv(const char *name);

/* Multibyte characters are UTF-8, without state. */
int mblen(const char *s, size_t n);
int mbtowc(wchar_t *__restrict wc, const char *__restrict s, size_t n);
int wctomb(char *s, wchar_t wc);
size_t mbstowcs(wchar_t *__restrict dst, const char *__restrict src, size_t n);
size_t wcstombs(char *__restrict dst, const wchar_t *__restrict src, size_t n);
__END_DECLS
