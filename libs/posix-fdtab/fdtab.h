/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_fdtab. */
#pragma once

#include <uk/fdtab.h>
#include <uk/task.h>

/* As the kernel lays them out. */
struct timespec {
	int64_t sec, nsec;
};
struct pollfd {
	int fd;
	int16_t events, revents;
};

/* Who waits for files: on the stack of the waiting thread. */
struct waiter {
	struct uk_task *task;
	bool woken;
	bool quiet;	/* one of the files says nothing */
};
/* It and one file. */
struct sight {
	struct uk_watch watch;
	struct waiter *waiter;
	unsigned int events;
};

/* table.c: the lowest free one from `from` on becomes the same file. */
int fd_again(int fd, unsigned int flags, long from);
/* Is it to be closed by exec? Set it first, unless set is negative. */
int fd_cloexec(int fd, int set);

/* wait.c */
void waiter_init(struct waiter *w);
void waiter_watch(struct waiter *w, struct sight *s, struct uk_file *f,
		  unsigned int events);
void waiter_wake(struct waiter *w);
/* Until woken, or it is time to look again: 0. -ETIMEDOUT. -EINTR: whoever
 * called takes its watches away, then runs handlers. */
int waiter_sleep(struct waiter *w, uint64_t until);
/* Nanoseconds of ts (NULL: for ever) from now as a time. -EINVAL. */
int until_of(const struct timespec *ts, uint64_t *until);
/* Let other signals be blocked while one waits (set may be NULL; size is that
 * of a set). -EINVAL. */
int mask_begin(const uint64_t *set, size_t size, uint64_t *before);
void mask_end(const uint64_t *set, uint64_t before);

/* poll.c: as poll(2), until that time. */
int poll_until(struct pollfd *p, unsigned int n, uint64_t until);
