/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The heap of the library that asks: the default one, or heap UK_HEAP of
 * <uk/alloc.h>, whose functions have other names for the linker.
 */
#ifndef MUSL_WRAP_STDLIB_H
#define MUSL_WRAP_STDLIB_H

#ifdef UK_HEAP
#include <stddef.h>
#define MUSL_HEAP_(name, n) __asm__(#name "_heap" #n)
#define MUSL_HEAP(name, n) MUSL_HEAP_(name, n)
#ifdef __cplusplus
extern "C" {
#endif
void *malloc(size_t size) MUSL_HEAP(malloc, UK_HEAP);
void *calloc(size_t n, size_t size) MUSL_HEAP(calloc, UK_HEAP);
void *realloc(void *p, size_t size) MUSL_HEAP(realloc, UK_HEAP);
void *reallocarray(void *p, size_t n, size_t size)
	MUSL_HEAP(reallocarray, UK_HEAP);
void *aligned_alloc(size_t align, size_t size)
	MUSL_HEAP(aligned_alloc, UK_HEAP);
int posix_memalign(void **out, size_t align, size_t size)
	MUSL_HEAP(posix_memalign, UK_HEAP);
#ifdef __cplusplus
}
#endif
#endif

#include_next <stdlib.h>

#endif
