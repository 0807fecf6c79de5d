/* SPDX-License-Identifier: BSD-3-Clause */
/* The old name of aligned_alloc, by which musl's own valloc knows it, too. */
#define _GNU_SOURCE
#include <stdlib.h>

void *memalign(size_t align, size_t size)
{
	return aligned_alloc(align, size);
}
