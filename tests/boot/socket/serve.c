/* SPDX-License-Identifier: BSD-3-Clause */
/* Echoes what comes by TCP and UDP, port 7, until somebody says "quit": one
 * thread, one epoll. A client that begins with a path gets that file. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include "check.h"

#define PORT 7

static int epoll, clients;
static char buf[4096];

static void watch(int fd)
{
	struct epoll_event ev = { EPOLLIN, { .fd = fd } };

	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &ev));
}

static int open_port(int type)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6,
				  .sin6_port = htons(PORT) };
	int s = socket(AF_INET6, type | SOCK_NONBLOCK, 0), on = 1;

	CHECK(!setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
	CHECK(!bind(s, (struct sockaddr *)&a, sizeof(a)));
	CHECK(type != SOCK_STREAM || !listen(s, 64));
	watch(s);
	return s;
}

static void datagram(int s)
{
	struct sockaddr_in6 a;
	socklen_t len = sizeof(a);
	ssize_t n = recvfrom(s, buf, sizeof(buf), 0, (struct sockaddr *)&a,
			     &len);

	if (n >= 0)
		CHECK(sendto(s, buf, (size_t)n, 0, (struct sockaddr *)&a,
			     len) == n);
}

static void send_file(int s, const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat st;

	if (fd < 0) {
		dprintf(s, "%s: %s\n", path, strerror(errno));
		return;
	}
	CHECK(!fstat(fd, &st));
	for (off_t left = st.st_size, n; left > 0; left -= n) {
		n = sendfile(s, fd, NULL, (size_t)left);
		if (n <= 0)
			break;
	}
	close(fd);
}

/* Clients' sockets wait when they write: each takes what it asked for. */
static int client(int s)
{
	ssize_t n = read(s, buf, sizeof(buf) - 1);

	if (n > 0 && buf[0] == '/') {
		buf[n] = '\0';
		buf[strcspn(buf, "\n")] = '\0';
		send_file(s, buf);
		n = 0;
	} else if (n > 0 && write(s, buf, (size_t)n) != n) {
		n = 0;
	}
	if (n > 0)
		return !memcmp(buf, "quit", 4);
	close(s);
	clients--;
	return 0;
}

int serve(void)
{
	struct epoll_event ev[8];
	int quit = 0, n, tcp, udp;

	epoll = epoll_create1(0);
	tcp = open_port(SOCK_STREAM);
	udp = open_port(SOCK_DGRAM);
	printf("serving on port %d\n", PORT);
	while (!quit) {
		n = epoll_wait(epoll, ev, 8, -1);
		for (int i = 0; i < n; i++) {
			int fd = ev[i].data.fd;

			if (fd == udp) {
				datagram(fd);
			} else if (fd == tcp) {
				int s = accept(fd, NULL, NULL);

				if (s >= 0 && ++clients)
					watch(s);
			} else {
				quit |= client(fd);
			}
		}
	}
	printf("quit with %d clients, %d descriptors\n", clients, n_open());
	return 0;
}
