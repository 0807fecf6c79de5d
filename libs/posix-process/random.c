/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/swrand.h>
#include <uk/syscall.h>

#define FLAGS 7u	/* GRND_NONBLOCK, GRND_RANDOM, GRND_INSECURE */

/* An image that is up has entropy, or was allowed to go without. */
UK_SYSCALL_R_DEFINE(long, getrandom, void *, buf, size_t, len, unsigned int,
		    flags)
{
	if (flags & ~FLAGS)
		return -EINVAL;
	if (!uk_swrand_ready())
		return -EAGAIN;
	len = UK_MIN(len, (size_t)INT32_MAX);
	uk_swrand_fill(buf, len);
	return (long)len;
}
