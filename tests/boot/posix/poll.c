/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>
#include "check.h"

static int end[2], alarms;

static void write_one(void)
{
	CHECK(write(end[1], "x", 1) == 1);
}

static void close_one(void)
{
	CHECK(!close(end[1]));
}

static void on_alarm(int sig)
{
	alarms += sig == SIGALRM;
}

static long ms_of(const struct timespec *a, const struct timespec *b)
{
	return (b->tv_sec - a->tv_sec) * 1000 +
	       (b->tv_nsec - a->tv_nsec) / 1000000;
}

static void plain(void)
{
	struct timespec a, b, ts = { 0, 20000000 };
	struct pollfd p[3];
	char c;

	CHECK(!pipe(end));
	p[0] = (struct pollfd){ end[0], POLLIN, 0 };
	p[1] = (struct pollfd){ end[1], POLLOUT, 0 };
	p[2] = (struct pollfd){ -1, POLLIN, 99 };
	CHECK(poll(p, 3, -1) == 1 && !p[0].revents && p[1].revents == POLLOUT);
	CHECK(!p[2].revents);
	CHECK(poll(p, 1, 0) == 0);
	clock_gettime(CLOCK_MONOTONIC, &a);
	CHECK(poll(p, 1, 20) == 0 && ppoll(p, 1, &ts, NULL) == 0);
	clock_gettime(CLOCK_MONOTONIC, &b);
	CHECK(ms_of(&a, &b) >= 40 && ms_of(&a, &b) < 2000);
	/* One that is not open is told at once. */
	p[2].fd = 17;
	CHECK(poll(p, 3, -1) == 2 && p[2].revents == POLLNVAL);
	later(write_one);
	CHECK(poll(p, 1, -1) == 1 && p[0].revents == POLLIN);
	CHECK(read(end[0], &c, 1) == 1);
	later(close_one);
	CHECK(poll(p, 1, -1) == 1 && p[0].revents == POLLHUP);
	CHECK(!close(end[0]));
	FAILS(poll(p, 1000, 0), EINVAL);
	/* The console has nothing to read, and room. */
	p[0] = (struct pollfd){ 0, POLLIN, 0 };
	p[1] = (struct pollfd){ 1, POLLOUT, 0 };
	CHECK(poll(p, 1, 5) == 0 && poll(p, 2, 5) == 1);
}

static void interrupted(void)
{
	struct pollfd p = { -1, POLLIN, 0 };
	struct timespec ts = { 5, 0 };
	sigset_t all, none;

	CHECK(!pipe(end));
	p.fd = end[0];
	signal(SIGALRM, on_alarm);
	ualarm(10000, 0);
	FAILS(poll(&p, 1, 5000), EINTR);
	CHECK(alarms == 1);
	/* Blocked, but not while it waits. */
	sigemptyset(&none);
	sigemptyset(&all);
	sigaddset(&all, SIGALRM);
	CHECK(!sigprocmask(SIG_BLOCK, &all, NULL));
	ualarm(10000, 0);
	CHECK(poll(&p, 1, 30) == 0 && alarms == 1);
	FAILS(ppoll(&p, 1, &ts, &none), EINTR);
	CHECK(alarms == 2);
	CHECK(!sigprocmask(SIG_UNBLOCK, &all, NULL) && alarms == 2);
	/* A read that waits ends as well. */
	ualarm(10000, 0);
	FAILS(read(end[0], &ts, 1), EINTR);
	CHECK(alarms == 3 && !close(end[0]) && !close(end[1]));
}

static void sets(void)
{
	struct timeval tv = { 0, 20000 };
	struct timespec ts = { 0, 1000000 };
	fd_set in, out;

	CHECK(!pipe(end));
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(end[0], &in);
	FD_SET(end[1], &out);
	CHECK(select(end[1] + 1, &in, &out, NULL, NULL) == 1);
	CHECK(!FD_ISSET(end[0], &in) && FD_ISSET(end[1], &out));
	FD_SET(end[0], &in);
	CHECK(select(end[0] + 1, &in, NULL, NULL, &tv) == 0);
	CHECK(!FD_ISSET(end[0], &in));
	FD_SET(end[0], &in);
	CHECK(pselect(end[0] + 1, &in, NULL, NULL, &ts, NULL) == 0);
	FD_SET(end[0], &in);
	later(write_one);
	CHECK(select(end[0] + 1, &in, NULL, NULL, NULL) == 1);
	FD_SET(21, &in);
	FAILS(select(22, &in, NULL, NULL, NULL), EBADF);
	FAILS(select(-1, NULL, NULL, NULL, NULL), EINVAL);
	CHECK(!close(end[0]) && !close(end[1]));
}

void polls(void)
{
	plain();
	interrupted();
	sets();
}
