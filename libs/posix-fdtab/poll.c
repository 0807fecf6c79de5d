/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/config.h>
#include <uk/sched.h>
#include <uk/syscall.h>
#include <uk/time.h>
#include "fdtab.h"

#define NVAL 0x20

/* One that is polled: its file, while we have it, and our watch on it. */
struct look {
	struct uk_file *file;
	struct sight sight;
};

static int ready(struct pollfd *p, struct look *l, unsigned int n)
{
	int count = 0;

	for (unsigned int i = 0; i < n; i++) {
		p[i].revents = 0;
		if (l[i].file)
			p[i].revents = (int16_t)uk_file_poll(l[i].file,
						(uint16_t)p[i].events);
		else if (p[i].fd >= 0)
			p[i].revents = NVAL;
		count += !!p[i].revents;
	}
	return count;
}

static int look(struct pollfd *p, struct look *l, unsigned int n,
		uint64_t until)
{
	struct waiter w;
	int count = ready(p, l, n), rc = 0;

	if (count || until <= uk_time_ns())
		return count;
	waiter_init(&w);
	for (unsigned int i = 0; i < n; i++)
		if (l[i].file)
			waiter_watch(&w, &l[i].sight, l[i].file,
				     (uint16_t)p[i].events);
	while (!count && !rc) {
		rc = waiter_sleep(&w, until);
		count = ready(p, l, n);
	}
	for (unsigned int i = 0; i < n; i++)
		if (l[i].file)
			uk_file_unwatch(&l[i].sight.watch);
	return count || rc == -ETIMEDOUT ? count : rc;
}

int poll_until(struct pollfd *p, unsigned int n, uint64_t until)
{
	struct look *l;
	int rc;

	if (n > CONFIG_LIBPOSIX_FDTAB_SIZE)
		return -EINVAL;
	l = uk_calloc(NULL, n + 1, sizeof(*l));
	if (!l)
		return -ENOMEM;
	/* Who never waits would never hear of anything. */
	uk_sched_yield();
	for (unsigned int i = 0; i < n; i++)
		l[i].file = p[i].fd >= 0 ? uk_fd_get(p[i].fd) : NULL;
	rc = look(p, l, n, until);
	for (unsigned int i = 0; i < n; i++)
		if (l[i].file)
			uk_file_put(l[i].file);
	uk_free(NULL, l);
	/* It may have waited, whatever came first. */
	uk_signal_run();
	return rc;
}

UK_SYSCALL_R_DEFINE(int, poll, struct pollfd *, p, unsigned int, n, int, ms)
{
	uint64_t until = ms ? UKPLAT_FOREVER : 0;

	if (ms > 0)
		until = uk_time_ns() + (uint64_t)ms * UK_NSEC_PER_MSEC;
	return poll_until(p, n, until);
}

UK_SYSCALL_R_DEFINE(int, ppoll, struct pollfd *, p, unsigned int, n,
		    const struct timespec *, ts, const uint64_t *, mask,
		    size_t, size)
{
	uint64_t until, before;
	int rc = until_of(ts, &until);

	if (!rc)
		rc = mask_begin(mask, size, &before);
	if (rc)
		return rc;
	rc = poll_until(p, n, until);
	mask_end(mask, before);
	return rc;
}
