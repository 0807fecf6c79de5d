/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * malloc(3) and its kin for LD_PRELOAD: one heap a process, one thread at a
 * time in it. Only while a process has several threads is there a lock to
 * take.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/single_threaded.h>

#include "hard.h"

#define EXPORT __attribute__((visibility("default")))

static struct hard_heap *heap;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* One thread and a heap: what nearly every call finds. */
static inline bool alone(void)
{
	return likely(__libc_single_threaded && heap);
}

static void enter(void)
{
	pthread_mutex_lock(&lock);
	if (!heap) {
		heap = hard_create();
		if (!heap)
			hard_os_die("no address space", "");
	}
}

static void leave(void)
{
	pthread_mutex_unlock(&lock);
}

static void before_fork(void)
{
	pthread_mutex_lock(&lock);
}

static void after_fork(void)
{
	pthread_mutex_unlock(&lock);
}

/* The child's numbers shall not be its parent's. */
static void in_child(void)
{
	if (heap) {
		hard_os_random(heap->chacha, sizeof(heap->chacha));
		heap->random_at = RANDOMS;
	}
	pthread_mutex_init(&lock, NULL);
}

__attribute__((constructor)) static void start(void)
{
	pthread_atfork(before_fork, after_fork, in_child);
}

static UK_NOINLINE void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

static UK_NOINLINE void *get_locked(size_t size)
{
	void *p;

	enter();
	p = hard_malloc(heap, size);
	leave();
	return p;
}

/* Not malloc by name: compilers turn that and a memset into calloc. */
static inline void *get(size_t size)
{
	if (unlikely(size > PTRDIFF_MAX))
		return no_memory();
	return alone() ? hard_malloc(heap, size) : get_locked(size);
}

EXPORT void *malloc(size_t size)
{
	return get(size);
}

static UK_NOINLINE void free_locked(void *p)
{
	enter();
	hard_free(heap, p);
	leave();
}

/* Nothing that it may call fails: errno stays. */
EXPORT void free(void *p)
{
	if (!p)
		return;
	if (alone())
		hard_free(heap, p);
	else
		free_locked(p);
}

EXPORT void *calloc(size_t n, size_t size)
{
	size_t total;
	void *p;

	if (__builtin_mul_overflow(n, size, &total))
		return no_memory();
	p = get(total);
	if (p && !HARD_ZEROED && total < heap->small_max)
		memset(p, 0, total);
	return p;
}

EXPORT void *realloc(void *p, size_t size)
{
	void *q;

	if (!p)
		return malloc(size);
	if (!size) {
		free(p);
		return NULL;
	}
	if (size > PTRDIFF_MAX)
		return no_memory();
	enter();
	q = hard_realloc(heap, p, size);
	leave();
	return q;
}

EXPORT void *reallocarray(void *p, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		return no_memory();
	return realloc(p, total);
}

static void *aligned(size_t align, size_t size)
{
	void *p;

	if (size > PTRDIFF_MAX)
		return NULL;
	enter();
	p = hard_memalign(heap, align, size ? size : 1);
	leave();
	return p;
}

EXPORT int posix_memalign(void **out, size_t align, size_t size)
{
	void *p;

	if (!UK_IS_POWER_OF_2(align) || align < sizeof(void *))
		return EINVAL;
	p = aligned(align, size);
	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

EXPORT void *memalign(size_t align, size_t size)
{
	if (!UK_IS_POWER_OF_2(align)) {
		errno = EINVAL;
		return NULL;
	}
	return aligned(align, size);
}

EXPORT void *aligned_alloc(size_t align, size_t size)
{
	return memalign(align, size);
}

EXPORT void *valloc(size_t size)
{
	return memalign(HARD_PAGE, size);
}

EXPORT void *pvalloc(size_t size)
{
	return memalign(HARD_PAGE, UK_ALIGN_UP(size, HARD_PAGE));
}

EXPORT size_t malloc_usable_size(void *p)
{
	size_t n;

	if (!p)
		return 0;
	enter();
	n = hard_usable_size(heap, p);
	leave();
	return n;
}
