/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The string and memory functions that compilers call by themselves and that
 * core needs. They are the real C symbols: a C library declares them again in
 * its <string.h> and defines only what is missing here. Semantics are C17's,
 * with one promise more: memcpy allows overlap, as memmove does.
 *
 * Any context, from the first instruction of C code on: no stack protector, no
 * FPU, no memory.
 */
#pragma once

#include <stddef.h>

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *p, int c, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);

/*
 * A freestanding compiler takes these names for unknown functions; through
 * its builtins it may still expand short ones in place.
 */
#ifndef __cplusplus
#define memcpy(dst, src, n) __builtin_memcpy(dst, src, n)
#define memmove(dst, src, n) __builtin_memmove(dst, src, n)
#define memset(dst, c, n) __builtin_memset(dst, c, n)
#define memcmp(a, b, n) __builtin_memcmp(a, b, n)
#define strlen(s) __builtin_strlen(s)
#endif
