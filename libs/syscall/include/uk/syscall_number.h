/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls by number, see <uk/syscall.h>. Apart from it, because a C
 * library needs no more, and this is the same for all configurations: what was
 * compiled once is right for each.
 */
#pragma once

/*
 * Call by a number that is not known before run time: what is provided, or
 * -ENOSYS. Links every call that the image has. May sleep where the call does.
 */
long uk_syscall_r(long n, long a, long b, long c, long d, long e, long f);

/* For a number that nobody provides: traces it. Returns -ENOSYS. */
long uk_syscall_missing(long n);
