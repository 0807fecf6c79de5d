/* SPDX-License-Identifier: BSD-3-Clause */
/* malloc and its kin: the default allocator, plus errno. */
#include <errno.h>
#include <stdlib.h>
#include <uk/alloc.h>

static void *result(void *p)
{
	if (!p)
		errno = ENOMEM;
	return p;
}

void *malloc(size_t size)
{
	return result(uk_malloc(NULL, size));
}

void *calloc(size_t n, size_t size)
{
	return result(uk_calloc(NULL, n, size));
}

void *realloc(void *p, size_t size)
{
	void *q = uk_realloc(NULL, p, size);

	/* realloc(p, 0) has freed p: no failure. */
	return p && !size ? q : result(q);
}

void *reallocarray(void *p, size_t n, size_t size)
{
	if (__builtin_mul_overflow(n, size, &size))
		return result(NULL);
	return realloc(p, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
	if (!UK_IS_POWER_OF_2(align) || align < sizeof(void *))
		return EINVAL;
	*out = uk_memalign(NULL, align, size);
	return *out ? 0 : ENOMEM;
}

void *aligned_alloc(size_t align, size_t size)
{
	if (!UK_IS_POWER_OF_2(align)) {
		errno = EINVAL;
		return NULL;
	}
	return result(uk_memalign(NULL, align, size));
}

size_t malloc_usable_size(void *p)
{
	return p ? uk_malloc_usable_size(NULL, p) : 0;
}

void free(void *p)
{
	uk_free(NULL, p);
}
