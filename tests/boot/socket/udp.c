/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>
#include "check.h"

static int a, b;
static union address to_b;

static void send_later(void)
{
	CHECK(sendto(a, "late", 4, 0, &to_b.any, LEN(to_b)) == 4);
}

static int bound(int family)
{
	union address any = here(family, 0);
	int s = socket(family, SOCK_DGRAM, 0);

	CHECK(!bind(s, &any.any, LEN(any)));
	return s;
}

static void exchange(int family)
{
	union address from;
	socklen_t len = sizeof(from);
	char c[40];
	struct iovec v[2] = { { c, 3 }, { c + 10, 9 } };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
	struct pollfd p;
	int n;

	a = bound(family);
	b = bound(family);
	to_b = here(family, port_of(b));
	p = (struct pollfd){ b, POLLIN | POLLOUT, 0 };
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLOUT);
	CHECK(sendto(a, "hello", 5, 0, &to_b.any, LEN(to_b)) == 5);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLIN | POLLOUT));
	CHECK(!ioctl(b, FIONREAD, &n) && n == 5);
	CHECK(recvfrom(b, c, sizeof(c), MSG_PEEK, &from.any, &len) == 5);
	CHECK(len == LEN(from) && from.any.sa_family == family);
	CHECK(ntohs(from.in4.sin_port) == port_of(a));
	/* In pieces; what has no room is lost, and says so. */
	CHECK(recvmsg(b, &m, 0) == 5 && !memcmp(c, "hel", 3));
	CHECK(!memcmp(c + 10, "lo", 2) && !m.msg_flags);
	CHECK(sendto(a, "more than that", 14, 0, &to_b.any, LEN(to_b)) == 14);
	v[1].iov_len = 1;
	CHECK(recvmsg(b, &m, 0) == 4 && m.msg_flags == MSG_TRUNC);
	FAILS(recv(b, c, 9, MSG_DONTWAIT), EAGAIN);
	/* Nothing is something, too. */
	CHECK(sendto(a, "", 0, 0, &to_b.any, LEN(to_b)) == 0);
	CHECK(recv(b, c, 9, 0) == 0);
	later(send_later);
	CHECK(recv(b, c, 9, 0) == 4 && !memcmp(c, "late", 4));
	CHECK(!close(a) && !close(b));
}

/* Only from and to one peer. */
static void connected(void)
{
	union address to_a, none = { .any.sa_family = AF_UNSPEC };
	int other = bound(AF_INET);
	char c[9];

	a = bound(AF_INET);
	b = bound(AF_INET);
	to_a = here(AF_INET, port_of(a));
	to_b = here(AF_INET, port_of(b));
	FAILS(send(a, "x", 1, 0), EDESTADDRREQ);
	CHECK(!connect(b, &to_a.any, LEN(to_a)));
	CHECK(!connect(a, &to_b.any, LEN(to_b)) && write(a, "1", 1) == 1);
	CHECK(sendto(other, "2", 1, 0, &to_b.any, LEN(to_b)) == 1);
	CHECK(recv(b, c, 9, 0) == 1 && c[0] == '1');
	FAILS(recv(b, c, 9, MSG_DONTWAIT), EAGAIN);
	CHECK(!connect(b, &none.any, sizeof(none.any)));
	CHECK(sendto(other, "2", 1, 0, &to_b.any, LEN(to_b)) == 1);
	CHECK(read(b, c, 9) == 1 && c[0] == '2');
	CHECK(!close(a) && !close(b) && !close(other));
}

/* More than anybody keeps: the first ones are kept. */
static void flood(void)
{
	static char large[65508];
	char c[9];
	int n;

	a = bound(AF_INET);
	b = bound(AF_INET);
	to_b = here(AF_INET, port_of(b));
	for (n = 0; n < 100; n++) {
		c[0] = (char)n;
		CHECK(sendto(a, c, 1, 0, &to_b.any, LEN(to_b)) == 1);
	}
	for (n = 0; recv(b, c, 9, MSG_DONTWAIT) == 1; n++)
		CHECK(c[0] == n);
	CHECK(errno == EAGAIN && n >= 8 && n < 100);
	FAILS(sendto(a, large, sizeof(large), 0, &to_b.any, LEN(to_b)),
	      EMSGSIZE);
	CHECK(!close(a) && !close(b));
}

void udps(void)
{
	exchange(AF_INET);
	exchange(AF_INET6);
	connected();
	flood();
}
