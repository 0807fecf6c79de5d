/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/sched.h>
#include <uk/syscall.h>
#include <uk/time.h>
#include "epoll.h"

enum { ADD = 1, DELETE, CHANGE };

static int create(unsigned int flags)
{
	struct epoll *e;
	int rc;

	if (flags & ~UK_O_CLOEXEC)
		return -EINVAL;
	rc = epoll_make(&e);
	return rc ? rc : uk_fd_give(&e->file, flags);
}

UK_SYSCALL_R_DEFINE(int, epoll_create, int, size)
{
	return size > 0 ? create(0) : -EINVAL;
}

UK_SYSCALL_R_DEFINE(int, epoll_create1, unsigned int, flags)
{
	return create(flags);
}

static int control(struct epoll *e, int what, struct uk_file *f, int fd,
		   const struct epoll_event *ev)
{
	struct item *it;

	if (!e || f == &e->file)
		return -EINVAL;
	if (!f->ops->poll)
		return -EPERM;	/* always ready: nothing to wait for */
	it = epoll_find(e, f, fd);
	switch (what) {
	case ADD:
		return it ? -EEXIST : epoll_add(e, f, fd, ev);
	case CHANGE:
		if (it)
			epoll_set(it, ev);
		return it ? 0 : -ENOENT;
	case DELETE:
		if (it)
			epoll_remove(it);
		return it ? 0 : -ENOENT;
	default:
		return -EINVAL;
	}
}

UK_SYSCALL_R_DEFINE(int, epoll_ctl, int, epoll, int, what, int, fd,
		    const struct epoll_event *, ev)
{
	struct uk_file *e = uk_fd_get(epoll), *f = uk_fd_get(fd);
	int rc = -EBADF;

	if (e && f)
		rc = control(epoll_of(e), what, f, fd, ev);
	if (e)
		uk_file_put(e);
	if (f)
		uk_file_put(f);
	return rc;
}

static int wait(struct epoll *e, struct epoll_event *ev, int n, uint64_t until)
{
	int count, rc = 0;

	if (!e || n <= 0)
		return -EINVAL;
	/* Who never waits would never hear of anything. */
	uk_sched_yield();
	while (!(count = epoll_collect(e, ev, n)) && !rc) {
		if (until <= uk_time_ns())
			return 0;
		rc = uk_file_wait(&e->file, UK_POLL_IN, until);
	}
	return count || rc == -ETIMEDOUT ? count : rc;
}

static int wait_masked(int epoll, struct epoll_event *ev, int n, int ms,
		       const uint64_t *mask, size_t size)
{
	uint64_t until = ms ? UKPLAT_FOREVER : 0, before;
	struct uk_file *f;
	int rc = mask_begin(mask, size, &before);

	if (rc)
		return rc;
	if (ms > 0)
		until = uk_time_ns() + (uint64_t)ms * UK_NSEC_PER_MSEC;
	f = uk_fd_get(epoll);
	rc = -EBADF;
	if (f) {
		rc = wait(epoll_of(f), ev, n, until);
		uk_file_put(f);
	}
	mask_end(mask, before);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, epoll_wait, int, epoll, struct epoll_event *, ev,
		    int, n, int, ms)
{
	return wait_masked(epoll, ev, n, ms, NULL, 0);
}

UK_SYSCALL_R_DEFINE(int, epoll_pwait, int, epoll, struct epoll_event *, ev,
		    int, n, int, ms, const uint64_t *, mask, size_t, size)
{
	return wait_masked(epoll, ev, n, ms, mask, size);
}
