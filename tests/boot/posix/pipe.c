/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include "check.h"

#define MUCH 100000

static int end[2], pipe_signals, counter;
static char buf[MUCH];

static void count(int sig)
{
	pipe_signals += sig == SIGPIPE;
}

static void pieces(void)
{
	char a[3], b[4], c[10];
	struct iovec out[] = { { "ab", 2 }, { "", 0 }, { "cdef", 4 } };
	struct iovec in[] = { { a, 3 }, { b, 4 } };
	struct stat st;
	int n;

	CHECK(!pipe(end));
	CHECK(writev(end[1], out, 3) == 6);
	CHECK(!ioctl(end[0], FIONREAD, &n) && n == 6);
	CHECK(readv(end[0], in, 2) == 6);
	CHECK(!memcmp(a, "abc", 3) && !memcmp(b, "def", 3));
	CHECK(!fstat(end[0], &st) && S_ISFIFO(st.st_mode));
	FAILS(read(end[1], c, 1), EBADF);
	FAILS(write(end[0], c, 1), EBADF);
	FAILS(writev(end[1], out, -1), EINVAL);
	FAILS(writev(end[1], out, IOV_MAX + 1), EINVAL);
	out[0].iov_len = out[2].iov_len = SSIZE_MAX;
	FAILS(writev(end[1], out, 3), EINVAL);
	/* What was written is there when nobody writes any more. */
	CHECK(write(end[1], "last", 4) == 4 && !close(end[1]));
	CHECK(read(end[0], c, 10) == 4 && read(end[0], c, 10) == 0);
	CHECK(!close(end[0]));
}

static void nobody(void)
{
	CHECK(!pipe(end) && !close(end[0]));
	CHECK(signal(SIGPIPE, count) != SIG_ERR);
	FAILS(write(end[1], "x", 1), EPIPE);
	CHECK(pipe_signals == 1);
	CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	FAILS(write(end[1], "x", 1), EPIPE);
	CHECK(pipe_signals == 1 && !close(end[1]));
}

static void full(void)
{
	int all = 0, n;

	CHECK(!pipe2(end, O_NONBLOCK | O_CLOEXEC));
	FAILS(pipe2(end, O_TRUNC), EINVAL);
	FAILS(read(end[0], buf, 1), EAGAIN);
	while ((n = write(end[1], buf, 1000)) > 0)
		all += n;
	CHECK(n == -1 && errno == EAGAIN && all >= PIPE_BUF);
	/* PIPE_BUF bytes and fewer go in whole, or not at all. */
	CHECK(read(end[0], buf, 100) == 100);
	FAILS(write(end[1], buf, PIPE_BUF), EAGAIN);
	CHECK(!close(end[0]) && !close(end[1]));
}

static void drain(void)
{
	int n, all = 0;

	while ((n = read(end[0], buf + all, sizeof(buf) - all)) > 0) {
		CHECK(buf[all] == (char)(all % 251));
		all += n;
	}
	CHECK(n == 0 && all == MUCH);
	CHECK(!eventfd_write(counter, 1));
}

/* More than fits, to who reads now and then. */
static void long_way(void)
{
	static char data[MUCH];
	eventfd_t v;

	for (int i = 0; i < MUCH; i++)
		data[i] = (char)(i % 251);
	CHECK(!pipe(end));
	counter = eventfd(0, EFD_SEMAPHORE);
	CHECK(counter >= 0);
	later(drain);
	CHECK(write(end[1], data, MUCH) == MUCH && !close(end[1]));
	CHECK(!eventfd_read(counter, &v) && v == 1);
	CHECK(!close(end[0]) && !close(counter));
}

static void counters(void)
{
	eventfd_t v;
	int e = eventfd(3, EFD_SEMAPHORE | EFD_NONBLOCK);

	CHECK(!eventfd_read(e, &v) && v == 1);
	CHECK(!eventfd_read(e, &v) && !eventfd_read(e, &v));
	FAILS(eventfd_read(e, &v), EAGAIN);
	CHECK(!eventfd_write(e, -2ull));
	FAILS(eventfd_write(e, 1), EAGAIN);
	FAILS(eventfd_write(e, -1ull), EINVAL);
	FAILS(read(e, &v, 7), EINVAL);
	CHECK(!close(e));
	FAILS(eventfd(0, 2), EINVAL);
}

void pipes(void)
{
	pieces();
	nobody();
	full();
	long_way();
	counters();
}
