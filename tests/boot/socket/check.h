/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <parts.h>

/* This machine, by either protocol, in the form that calls want. */
union address {
	struct sockaddr any;
	struct sockaddr_in in4;
	struct sockaddr_in6 in6;
};
/* Of a family, a port of it in the host's byte order. */
union address here(int family, int port);
#define LEN(a) ((a).any.sa_family == AF_INET ? sizeof((a).in4) : \
		sizeof((a).in6))
int port_of(int fd);

void addresses(void);
void locals(void);
void tcps(void);
void udps(void);
int serve(void);
