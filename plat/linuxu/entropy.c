/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/plat.h>
#include "syscall.h"

size_t ukplat_entropy(void *buf, size_t len)
{
	size_t done = 0;
	long n;

	while (done < len) {
		n = sys3(SYS_GETRANDOM, (char *)buf + done, len - done, 0);
		if (n > 0)
			done += (size_t)n;
		else if (n != -EINTR)
			break;
	}
	return done;
}
