/* SPDX-License-Identifier: BSD-3-Clause */
/* errno is one variable a thread. Numbers: <uk/errno.h>. */
#pragma once

#include <sys/cdefs.h>
#include <uk/errno.h>

__BEGIN_DECLS
extern __thread int nolibc_errno;
#define errno nolibc_errno
__END_DECLS
