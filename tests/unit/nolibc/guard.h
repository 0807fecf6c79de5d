/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory between two pages that trap, so that one byte too far is seen even
 * in code that no sanitizer instruments. */
#pragma once

#include <sys/mman.h>

#define GUARD_PAGE 4096

/* GUARD_PAGE bytes, writable; what is before and behind is not accessible. */
static inline char *guard_page(void)
{
	char *p = mmap(NULL, 3 * GUARD_PAGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(p != MAP_FAILED);
	assert_int_equal(mprotect(p, GUARD_PAGE, PROT_NONE), 0);
	assert_int_equal(mprotect(p + 2 * GUARD_PAGE, GUARD_PAGE, PROT_NONE),
			 0);
	return p + GUARD_PAGE;
}
