/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "check.h"

#define MUCH 200000

static char out[MUCH], in[MUCH];
static int port, family;

/* Somebody listens on a port of its own; the socket. */
static int listener(int fam, int flags)
{
	union address a = here(fam, 0);
	int s = socket(fam, SOCK_STREAM | flags, 0);

	CHECK(s >= 0 && !bind(s, &a.any, LEN(a)) && !listen(s, 8));
	port = port_of(s);
	family = fam;
	return s;
}

static int client(void)
{
	union address a = here(family, port);
	int s = socket(family, SOCK_STREAM, 0);

	CHECK(!connect(s, &a.any, LEN(a)));
	return s;
}

/* One thread sends, another reads what comes back meanwhile. */
static int talker, done;

static void hear(void)
{
	CHECK(recv(talker, in, MUCH, MSG_WAITALL) == MUCH);
	CHECK(!memcmp(in, out, MUCH) && recv(talker, in, 1, 0) == 0);
	CHECK(!close(talker) && !eventfd_write(done, 1));
}

static void talk(void)
{
	talker = client();
	later(hear);
	CHECK(send(talker, out, MUCH, 0) == MUCH && !shutdown(talker, SHUT_WR));
}

static void echo(int fam)
{
	int s = listener(fam, 0), c, n, all = 0;
	union address peer;
	socklen_t len = sizeof(peer);
	static char buf[5000];
	eventfd_t v;

	done = eventfd(0, 0);
	for (int i = 0; i < MUCH; i++)
		out[i] = (char)(i * 11 + i / 300);
	later(talk);
	c = accept(s, &peer.any, &len);
	CHECK(c >= 0 && len == LEN(peer) && peer.any.sa_family == fam);
	CHECK(port_of(c) == port && ntohs(peer.in4.sin_port) != port);
	while ((n = read(c, buf, sizeof(buf))) > 0) {
		CHECK(write(c, buf, n) == n);
		all += n;
	}
	CHECK(n == 0 && all == MUCH && !close(c) && !close(s));
	CHECK(!eventfd_read(done, &v) && !close(done));
}

/* One that listens by IPv6 takes clients by IPv4, too. */
static void both(void)
{
	int s = socket(AF_INET6, SOCK_STREAM, 0), c, d;
	union address any = { .any.sa_family = AF_INET6 }, peer;
	socklen_t len = sizeof(peer);

	CHECK(!bind(s, &any.any, LEN(any)) && !listen(s, 1));
	port = port_of(s);
	family = AF_INET;
	c = client();
	d = accept4(s, &peer.any, &len, SOCK_CLOEXEC);
	CHECK(d >= 0 && peer.any.sa_family == AF_INET6);
	CHECK(IN6_IS_ADDR_V4MAPPED(&peer.in6.sin6_addr));
	CHECK(peer.in6.sin6_addr.s6_addr[12] == 127);
	CHECK(!close(c) && !close(d) && !close(s));
}

static int one_event(int e, struct epoll_event *ev)
{
	return epoll_wait(e, ev, 1, 0);
}

static void ready(void)
{
	int s = listener(AF_INET, SOCK_NONBLOCK), e = epoll_create1(0), c, d;
	struct epoll_event ev = { EPOLLIN | EPOLLOUT | EPOLLRDHUP, { 0 } };
	int n, all = 0, one = 1;

	FAILS(accept(s, NULL, NULL), EAGAIN);
	CHECK(!epoll_ctl(e, EPOLL_CTL_ADD, s, &ev) && !one_event(e, &ev));
	c = client();
	CHECK(one_event(e, &ev) == 1 && ev.events == EPOLLIN);
	d = accept(s, NULL, NULL);
	CHECK(d >= 0 && !one_event(e, &ev));
	ev.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP;
	CHECK(!epoll_ctl(e, EPOLL_CTL_ADD, d, &ev));
	CHECK(one_event(e, &ev) == 1 && ev.events == EPOLLOUT);
	/* Full, and room again once the other one reads. */
	CHECK(!ioctl(d, FIONBIO, &one));
	while ((n = write(d, out, 10000)) > 0)
		all += n;
	CHECK(n == -1 && errno == EAGAIN && all > 10000);
	CHECK(!one_event(e, &ev));
	CHECK(recv(c, in, all, MSG_WAITALL) == all);
	CHECK(epoll_wait(e, &ev, 1, 1000) == 1 && ev.events == EPOLLOUT);
	CHECK(write(c, "x", 1) == 1 && !close(c));
	CHECK(epoll_wait(e, &ev, 1, 1000) == 1 && ev.events & EPOLLIN &&
	      ev.events & EPOLLRDHUP);
	CHECK(read(d, in, 9) == 1 && read(d, in, 9) == 0);
	CHECK(!close(d) && !close(s) && !one_event(e, &ev) && !close(e));
}

static int writer;

static void write_one(void)
{
	CHECK(write(writer, "x", 1) == 1);
}

/* Who never waits gets an answer, too. */
static void spinning(void)
{
	int s = listener(AF_INET, 0), c = client(), d = accept(s, NULL, NULL);
	struct pollfd p = { d, POLLIN, 0 };
	int on = 1;

	CHECK(!setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)));
	writer = c;
	later(write_one);
	while (recv(d, in, 9, MSG_DONTWAIT) == -1)
		CHECK(errno == EAGAIN);
	later(write_one);
	while (!poll(&p, 1, 0))
		;
	CHECK(read(d, in, 9) == 1 && !close(s) && !close(c) && !close(d));
}

/* How connections end that nobody closes as he should. */
static void ends(void)
{
	int s = listener(AF_INET, 0), c = client(), d = accept(s, NULL, NULL);
	struct linger now = { 1, 0 };
	struct timeval tv = { 0, 20000 };
	struct pollfd p = { d, POLLIN, 0 };

	CHECK(!setsockopt(d, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)));
	FAILS(read(d, in, 1), EAGAIN);
	CHECK(!setsockopt(c, SOL_SOCKET, SO_LINGER, &now, sizeof(now)));
	CHECK(!close(c));
	CHECK(poll(&p, 1, 1000) == 1 && p.revents & POLLERR);
	FAILS(read(d, in, 1), ECONNRESET);
	CHECK(read(d, in, 1) == 0);
	FAILS(write(d, in, 1), EPIPE);
	CHECK(!close(d));
	/* One that closes with something unread resets as well. */
	c = client();
	d = accept(s, NULL, NULL);
	CHECK(write(c, "x", 1) == 1 && !close(d));
	FAILS(read(c, in, 1), ECONNRESET);
	CHECK(!close(c));
	/* Both directions by shutdown; closed much later, or never. */
	c = client();
	d = accept(s, NULL, NULL);
	CHECK(!shutdown(c, SHUT_WR) && read(d, in, 1) == 0);
	CHECK(!shutdown(d, SHUT_RDWR) && read(c, in, 1) == 0);
	FAILS(write(c, "x", 1), EPIPE);
	/* Nobody accepts any more. */
	CHECK(!close(s) && !close(c) && !close(d));
	s = listener(AF_INET, 0);
	c = client();
	CHECK(!close(s));
	FAILS(read(c, in, 1), ECONNRESET);
	CHECK(!close(c));
}

/* More than there is memory for at a time: each makes room for the next. */
static void many(void)
{
	int s = listener(AF_INET, 0);

	for (int i = 0; i < 300; i++) {
		int c = client(), d = accept(s, NULL, NULL);

		CHECK(d >= 0 && write(c, "hello", 5) == 5);
		CHECK(read(d, in, 9) == 5 && !close(d));
		CHECK(read(c, in, 9) == 0 && !close(c));
	}
	CHECK(!close(s));
}

void tcps(void)
{
	echo(AF_INET);
	echo(AF_INET6);
	both();
	ready();
	spinning();
	ends();
	many();
}
