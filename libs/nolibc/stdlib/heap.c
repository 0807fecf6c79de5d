/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * malloc and its kin: a heap, plus errno. Each function exists once for the
 * default heap and once for each of those that libraries may have instead
 * (<stdlib.h> picks by name); the linker drops what nobody calls.
 */
#include <errno.h>
#include <stdlib.h>
#include <uk/alloc.h>

static void *result(void *p)
{
	if (!p)
		errno = ENOMEM;
	return p;
}

static void *resize(struct uk_alloc *a, void *p, size_t size)
{
	void *q = uk_realloc(a, p, size);

	/* realloc(p, 0) has freed p: no failure. */
	return p && !size ? q : result(q);
}

static void *resize_array(struct uk_alloc *a, void *p, size_t n, size_t size)
{
	if (__builtin_mul_overflow(n, size, &size))
		return result(NULL);
	return resize(a, p, size);
}

static int align_posix(struct uk_alloc *a, void **out, size_t align,
		       size_t size)
{
	if (!UK_IS_POWER_OF_2(align) || align < sizeof(void *))
		return EINVAL;
	*out = uk_memalign(a, align, size);
	return *out ? 0 : ENOMEM;
}

static void *align_c11(struct uk_alloc *a, size_t align, size_t size)
{
	if (!UK_IS_POWER_OF_2(align)) {
		errno = EINVAL;
		return NULL;
	}
	return result(uk_memalign(a, align, size));
}

#define FAMILY(tail, heap)						\
	void *malloc##tail(size_t size)					\
	{								\
		return result(uk_malloc(heap, size));			\
	}								\
	void *calloc##tail(size_t n, size_t size)			\
	{								\
		return result(uk_calloc(heap, n, size));		\
	}								\
	void *realloc##tail(void *p, size_t size)			\
	{								\
		return resize(heap, p, size);				\
	}								\
	void *reallocarray##tail(void *p, size_t n, size_t size)	\
	{								\
		return resize_array(heap, p, n, size);			\
	}								\
	int posix_memalign##tail(void **out, size_t align, size_t size)	\
	{								\
		return align_posix(heap, out, align, size);		\
	}								\
	void *aligned_alloc##tail(size_t align, size_t size)		\
	{								\
		return align_c11(heap, align, size);			\
	}

#define DECLARED(n)							\
	void *malloc_heap##n(size_t);					\
	void *calloc_heap##n(size_t, size_t);				\
	void *realloc_heap##n(void *, size_t);				\
	void *reallocarray_heap##n(void *, size_t, size_t);		\
	int posix_memalign_heap##n(void **, size_t, size_t);		\
	void *aligned_alloc_heap##n(size_t, size_t);			\
	FAMILY(_heap##n, uk_alloc_get_heap(n))

FAMILY(, NULL)
#ifdef CONFIG_LIBUKALLOCHARD
DECLARED(1)
DECLARED(2)
DECLARED(3)
UK_CTASSERT(UK_ALLOC_HEAPS == 3);
#endif

size_t malloc_usable_size(void *p)
{
	return p ? uk_malloc_usable_size(NULL, p) : 0;
}

void free(void *p)
{
	uk_free(NULL, p);
}
