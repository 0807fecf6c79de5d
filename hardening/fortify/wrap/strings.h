/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include_next <strings.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify-memory.h"

UK_FORTIFY_REAL(bzero);
UK_FORTIFY_FN void bzero(void *UK_SIZED(0) p, size_t n)
{
	uk_fortify(n, UK_OBJECT(p), "bzero");
	uk_fortify_real_bzero(p, n);
}

UK_FORTIFY_REAL(bcopy);
UK_FORTIFY_FN void bcopy(const void *UK_SIZED(0) src, void *UK_SIZED(0) dst,
			 size_t n)
{
	uk_fortify(n, UK_FORTIFY_BOTH(dst, src), "bcopy");
	uk_fortify_real_bcopy(src, dst, n);
}

#endif
