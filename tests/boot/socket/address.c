/* SPDX-License-Identifier: BSD-3-Clause */
/* What is refused, and what options say. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include "check.h"

static int number(int fd, int level, int name)
{
	socklen_t len = sizeof(int);
	int v = -1;

	CHECK(!getsockopt(fd, level, name, &v, &len) && len == sizeof(int));
	return v;
}

static void refused(void)
{
	union address a = here(AF_INET, 1000), b;
	int s = socket(AF_INET, SOCK_STREAM, 0), t;
	socklen_t len = sizeof(b);
	char c;

	FAILS(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), ESOCKTNOSUPPORT);
	FAILS(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	FAILS(socket(AF_NETLINK, SOCK_DGRAM, 0), EAFNOSUPPORT);
	FAILS(socket(AF_INET, SOCK_STREAM | 0x100, 0), EINVAL);
	FAILS(bind(1, &a.any, sizeof(a.in4)), ENOTSOCK);
	FAILS(bind(99, &a.any, sizeof(a.in4)), EBADF);
	FAILS(bind(s, &a.any, 15), EINVAL);
	FAILS(bind(s, &a.any, 1), EINVAL);
	b = here(AF_INET6, 1000);
	FAILS(bind(s, &b.any, sizeof(b.in6)), EAFNOSUPPORT);
	b = here(AF_INET, 1000);
	b.in4.sin_addr.s_addr = htonl(0xc0000201);	/* 192.0.2.1 */
	FAILS(bind(s, &b.any, sizeof(b.in4)), EADDRNOTAVAIL);
	FAILS(getpeername(s, &b.any, &len), ENOTCONN);
	FAILS(recv(s, &c, 1, 0), ENOTCONN);
	FAILS(send(s, "x", 1, 0), EPIPE);
	FAILS(accept(s, NULL, NULL), EINVAL);
	FAILS(shutdown(s, SHUT_WR), ENOTCONN);
	FAILS(shutdown(s, 3), EINVAL);
	CHECK(!bind(s, &a.any, sizeof(a.in4)) && port_of(s) == 1000);
	FAILS(bind(s, &a.any, sizeof(a.in4)), EINVAL);
	t = socket(AF_INET, SOCK_STREAM, 0);
	FAILS(bind(t, &a.any, sizeof(a.in4)), EADDRINUSE);
	/* Nobody listens there. */
	FAILS(connect(t, &a.any, sizeof(a.in4)), ECONNREFUSED);
	CHECK(!close(t) && !listen(s, 5) && !listen(s, 1));
	CHECK(number(s, SOL_SOCKET, SO_ACCEPTCONN) == 1);
	t = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(!connect(t, &a.any, sizeof(a.in4)));
	FAILS(connect(t, &a.any, sizeof(a.in4)), EISCONN);
	CHECK(!close(t) && !close(s));
}

static void options(void)
{
	int s = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1, v;
	struct timeval tv = { 1, 500000 }, got;
	struct linger l = { 1, 7 };
	socklen_t len = sizeof(got);

	CHECK(fcntl(s, F_GETFL) & O_NONBLOCK);
	CHECK(number(s, SOL_SOCKET, SO_TYPE) == SOCK_STREAM);
	CHECK(number(s, SOL_SOCKET, SO_DOMAIN) == AF_INET6);
	CHECK(number(s, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP);
	CHECK(number(s, SOL_SOCKET, SO_ERROR) == 0);
	CHECK(number(s, SOL_SOCKET, SO_REUSEADDR) == 0);
	CHECK(!setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
	CHECK(number(s, SOL_SOCKET, SO_REUSEADDR) == 1);
	CHECK(!setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)));
	CHECK(number(s, SOL_SOCKET, SO_KEEPALIVE) == 1);
	CHECK(!setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)));
	CHECK(number(s, IPPROTO_TCP, TCP_NODELAY) == 1);
	v = 60;
	CHECK(!setsockopt(s, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof(v)));
	CHECK(number(s, IPPROTO_TCP, TCP_KEEPIDLE) == 60);
	v = 0;
	FAILS(setsockopt(s, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof(v)), EINVAL);
	v = 300;
	FAILS(setsockopt(s, IPPROTO_IP, IP_TTL, &v, sizeof(v)), EINVAL);
	CHECK(!setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)));
	CHECK(number(s, IPPROTO_IPV6, IPV6_V6ONLY) == 1);
	CHECK(number(s, SOL_SOCKET, SO_RCVBUF) > 4096);
	FAILS(setsockopt(s, IPPROTO_TCP, TCP_CORK, &on, sizeof(on)),
	      ENOPROTOOPT);
	FAILS(setsockopt(s, 77, 1, &on, sizeof(on)), ENOPROTOOPT);
	FAILS(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &on, 2), EINVAL);
	FAILS(setsockopt(1, SOL_SOCKET, SO_KEEPALIVE, &on, 4), ENOTSOCK);
	CHECK(!setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)));
	CHECK(!getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &got, &len));
	CHECK(got.tv_sec == 1 && got.tv_usec == 500000);
	tv.tv_usec = 1000000;
	FAILS(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)), EDOM);
	CHECK(!setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof(l)));
	memset(&l, 0, sizeof(l));
	len = sizeof(l);
	CHECK(!getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &len));
	CHECK(l.l_onoff == 1 && l.l_linger == 7 && !close(s));
}

/* The stack has an end of its own, which comes before that of the table. */
static void too_many(void)
{
	int n, last = 0;

	while ((n = socket(AF_INET, SOCK_DGRAM, 0)) >= 0)
		last = n;
	CHECK(errno == ENOBUFS && last > 4);
	for (n = 3; n <= last; n++)
		CHECK(!close(n));
}

void addresses(void)
{
	refused();
	options();
	too_many();
}
