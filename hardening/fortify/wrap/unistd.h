/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include_next <unistd.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify.h"

/* Reads what it must not, and sends it out. */
UK_FORTIFY_REAL(write);
UK_FORTIFY_FN ssize_t write(int fd, const void *UK_SIZED(0) buf, size_t n)
{
	uk_fortify(n, UK_OBJECT(buf), "write");
	return uk_fortify_real_write(fd, buf, n);
}

#endif
