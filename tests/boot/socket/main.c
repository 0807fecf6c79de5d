/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets: with this machine itself, or (an argument) for others. */
#include <signal.h>
#include <string.h>
#include "check.h"

union address here(int family, int port)
{
	union address a;

	memset(&a, 0, sizeof(a));
	a.any.sa_family = (sa_family_t)family;
	if (family == AF_INET) {
		a.in4.sin_port = htons((uint16_t)port);
		a.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	} else {
		a.in6.sin6_port = htons((uint16_t)port);
		a.in6.sin6_addr = in6addr_loopback;
	}
	return a;
}

int port_of(int fd)
{
	union address a;
	socklen_t len = sizeof(a);

	CHECK(!getsockname(fd, &a.any, &len));
	return ntohs(a.in4.sin_port);
}

int main(int argc, char *argv[])
{
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	if (argc > 1)
		return serve();
	part("local", locals);
	part("address", addresses);
	part("udp", udps);
	part("tcp", tcps);
	puts("all done");
	return 0;
}
