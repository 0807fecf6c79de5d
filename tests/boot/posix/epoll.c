/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "check.h"

static int end[2];

static void write_one(void)
{
	CHECK(write(end[1], "x", 1) == 1);
}

static int add(int e, int fd, unsigned int events)
{
	struct epoll_event ev = { events, { .fd = fd } };

	return epoll_ctl(e, EPOLL_CTL_ADD, fd, &ev);
}

static int change(int e, int fd, unsigned int events)
{
	struct epoll_event ev = { events, { .fd = fd } };

	return epoll_ctl(e, EPOLL_CTL_MOD, fd, &ev);
}

/* One event within ms: its bits, 0 if there is none. */
static unsigned int one(int e, int ms)
{
	struct epoll_event ev[4];
	int n = epoll_wait(e, ev, 4, ms);

	CHECK(n == 0 || n == 1);
	return n ? ev[0].events : 0;
}

static void level(int e)
{
	char c;

	CHECK(!pipe(end) && !add(e, end[0], EPOLLIN));
	FAILS(add(e, end[0], EPOLLIN), EEXIST);
	CHECK(!one(e, 0) && !one(e, 5));
	later(write_one);
	CHECK(one(e, -1) == EPOLLIN && one(e, -1) == EPOLLIN);
	CHECK(read(end[0], &c, 1) == 1 && !one(e, 0));
	/* Both ends, by one word each. */
	CHECK(!add(e, end[1], EPOLLOUT));
	CHECK(one(e, 0) == EPOLLOUT);
	CHECK(!change(e, end[1], 0) && !one(e, 0));
	CHECK(!epoll_ctl(e, EPOLL_CTL_DEL, end[1], NULL));
	FAILS(epoll_ctl(e, EPOLL_CTL_DEL, end[1], NULL), ENOENT);
	FAILS(change(e, end[1], EPOLLIN), ENOENT);
}

static void edge(int e)
{
	char c[4];

	CHECK(!change(e, end[0], EPOLLIN | EPOLLET));
	CHECK(!one(e, 0));
	write_one();
	CHECK(one(e, 0) == EPOLLIN && !one(e, 0));
	write_one();
	CHECK(one(e, 0) == EPOLLIN && !one(e, 0));
	/* Told once, then asked for again. */
	CHECK(!change(e, end[0], EPOLLIN | EPOLLONESHOT));
	CHECK(one(e, 0) == EPOLLIN && !one(e, 0));
	write_one();
	CHECK(!one(e, 0));
	CHECK(!change(e, end[0], EPOLLIN | EPOLLONESHOT));
	CHECK(one(e, 0) == EPOLLIN && !one(e, 0));
	CHECK(read(end[0], c, 4) == 3);
	/* A file that is closed is gone from it; one of two names is not. */
	CHECK(!change(e, end[0], EPOLLIN) && dup(end[0]) == end[1] + 1);
	CHECK(!close(end[0]));
	write_one();
	CHECK(one(e, 0) == EPOLLIN);
	CHECK(!close(end[1] + 1) && !one(e, 0) && !close(end[1]));
}

/* More that is ready than is asked for at a time: all of it has its turn. */
static void turns(int e)
{
	int fd[6], seen[6] = { 0 }, n;
	struct epoll_event ev[4];

	for (int i = 0; i < 6; i++) {
		fd[i] = eventfd(1, 0);
		CHECK(!add(e, fd[i], EPOLLIN));
	}
	for (int k = 0; k < 3; k++) {
		n = epoll_wait(e, ev, 4, 0);
		CHECK(n == 4);
		for (int i = 0; i < n; i++)
			seen[ev[i].data.fd - fd[0]]++;
	}
	for (int i = 0; i < 6; i++)
		CHECK(seen[i] == 2 && !close(fd[i]));
	CHECK(!one(e, 0));
}

static void nested(int e)
{
	int in = epoll_create(1), third = epoll_create1(EPOLL_CLOEXEC);

	CHECK(in >= 0 && third >= 0 && !pipe(end));
	FAILS(add(e, e, EPOLLIN), EINVAL);
	CHECK(!add(e, in, EPOLLIN) && !add(in, end[0], EPOLLIN));
	FAILS(add(in, e, EPOLLIN), ELOOP);
	FAILS(add(in, third, EPOLLIN), ELOOP);
	CHECK(!one(e, 0));
	later(write_one);
	CHECK(one(e, -1) == EPOLLIN && one(in, 0) == EPOLLIN);
	CHECK(!close(in) && !one(e, 0));
	CHECK(!close(third) && !close(end[0]) && !close(end[1]));
}

void epolls(void)
{
	int e = epoll_create1(0);
	struct epoll_event ev;

	CHECK(e >= 0);
	level(e);
	edge(e);
	turns(e);
	nested(e);
	FAILS(add(e, 9, EPOLLIN), EBADF);
	FAILS(add(1, 0, EPOLLIN), EINVAL);
	FAILS(epoll_wait(e, &ev, 0, 0), EINVAL);
	FAILS(epoll_wait(1, &ev, 1, 0), EINVAL);
	/* The console, which has to be looked at. */
	CHECK(!add(e, 0, EPOLLIN | EPOLLOUT) && one(e, 0) == EPOLLOUT);
	CHECK(!change(e, 0, EPOLLIN) && !one(e, 5));
	CHECK(!close(e));
}
