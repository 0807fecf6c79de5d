/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s, %s:%d, errno %d\n", #cond,	\
			       __FILE__, __LINE__, errno);		\
			exit(1);					\
		}							\
	} while (0)

/* The call fails with this number. */
#define FAILS(call, number) \
	CHECK((errno = 0, (call) == -1 && errno == (number)))

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

/* How many descriptors are open: none may be left behind. */
int n_open(void);
/* Run fn in a thread that goes on when the caller waits. */
void later(void (*fn)(void));
