/* SPDX-License-Identifier: BSD-3-Clause */
/* Pairs. */
#define _GNU_SOURCE
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "check.h"

static int s[2];

static void answer(void)
{
	char c[8];

	CHECK(recv(s[1], c, 8, 0) == 4 && !memcmp(c, "ping", 4));
	CHECK(write(s[1], "pong", 4) == 4);
}

void locals(void)
{
	struct pollfd p;
	struct stat st;
	char c[8];
	int n;

	FAILS(socketpair(AF_INET, SOCK_STREAM, 0, s), EAFNOSUPPORT);
	FAILS(socketpair(AF_UNIX, SOCK_STREAM, 77, s), EPROTONOSUPPORT);
	FAILS(socket(AF_UNIX, SOCK_STREAM, 0), EAFNOSUPPORT);
	CHECK(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s));
	CHECK(!fstat(s[0], &st) && S_ISSOCK(st.st_mode));
	FAILS(recv(s[0], c, 8, MSG_DONTWAIT), EAGAIN);
	later(answer);
	CHECK(send(s[0], "ping", 4, 0) == 4);
	CHECK(recv(s[0], c, 8, MSG_PEEK) == 4);
	CHECK(!ioctl(s[0], FIONREAD, &n) && n == 4);
	CHECK(recv(s[0], c, 8, 0) == 4 && !memcmp(c, "pong", 4));
	FAILS(listen(s[0], 1), EOPNOTSUPP);
	FAILS(lseek(s[0], 0, SEEK_SET), ESPIPE);
	/* One way has ended, the other goes on. */
	CHECK(!shutdown(s[0], SHUT_WR) && read(s[1], c, 8) == 0);
	FAILS(write(s[0], "x", 1), EPIPE);
	CHECK(write(s[1], "y", 1) == 1 && read(s[0], c, 8) == 1);
	p = (struct pollfd){ s[0], POLLIN | POLLRDHUP, 0 };
	CHECK(!poll(&p, 1, 0));
	CHECK(!close(s[1]));
	CHECK(poll(&p, 1, 0) == 1 &&
	      p.revents == (POLLIN | POLLRDHUP | POLLHUP));
	CHECK(read(s[0], c, 8) == 0 && !close(s[0]));
}
