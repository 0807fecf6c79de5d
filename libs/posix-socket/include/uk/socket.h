/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets: what a driver of an address family does. A socket is an open file
 * (uk/file.h): operations never wait, but return -EAGAIN, and announce changes
 * with uk_file_changed(&s->file, ...). Addresses and lengths of the caller are
 * checked before a driver sees them. Thread context, no locks.
 */
#pragma once

#include <uk/file.h>

/* Numbers of Linux. */
#define UK_AF_UNSPEC	0
#define UK_AF_LOCAL	1
#define UK_AF_INET	2
#define UK_AF_INET6	10

#define UK_SOCK_STREAM	1
#define UK_SOCK_DGRAM	2

#define UK_MSG_PEEK	0x02u	/* what is taken stays */
#define UK_MSG_TRUNC	0x20u	/* in: return how long a datagram is; out: it
				 * was longer than there was room */
#define UK_MSG_MORE	0x8000u	/* more follows at once */

#define UK_SHUT_IN	1u
#define UK_SHUT_OUT	2u

#define UK_SOL_SOCKET	1
#define UK_SO_REUSEADDR	2
#define UK_SO_SNDBUF	7
#define UK_SO_RCVBUF	8
#define UK_SO_KEEPALIVE	9
#define UK_SO_BROADCAST	6
#define UK_SO_REUSEPORT	15

/* Where an Internet socket is. */
struct uk_address {
	uint16_t family;	/* UK_AF_*; UNSPEC: nowhere */
	uint16_t port;		/* host's byte order */
	uint8_t ip[16];		/* as on the wire; the first 4 for INET */
	uint32_t scope;		/* of INET6: an interface, 0: none is said */
};

struct uk_socket;

/* Read-only memory. NULL: -EOPNOTSUPP, but for poll and close, which there
 * have to be. Results: 0 or more, or a negative errno. */
struct uk_socket_ops {
	/* a: of the socket's family. */
	int (*bind)(struct uk_socket *s, const struct uk_address *a);
	/* backlog: 1 to 4096; less may be granted. May be called again. */
	int (*listen)(struct uk_socket *s, int backlog);
	/* The oldest connection that came, with the caller's reference. */
	int (*accept)(struct uk_socket *s, struct uk_socket **newer);
	/*
	 * 0: connected. -EINPROGRESS: UK_POLL_OUT tells when it is, or has
	 * failed, with why in s->error. a may be UK_AF_UNSPEC for datagrams:
	 * connected no more.
	 */
	int (*connect)(struct uk_socket *s, const struct uk_address *a);
	int (*shutdown)(struct uk_socket *s, unsigned int how);	/* UK_SHUT_* */
	/* Its own address, or its peer's (-ENOTCONN). */
	int (*name)(struct uk_socket *s, bool peer, struct uk_address *a);
	/* As write and read of files. to: NULL for what is connected. */
	long (*send)(struct uk_socket *s, struct uk_iter *from,
		     const struct uk_address *to, unsigned int flags);
	/* *flags: UK_MSG_*; on success UK_MSG_TRUNC or 0. *from is set if the
	 * data has a sender of its own. */
	long (*receive)(struct uk_socket *s, struct uk_iter *to,
			struct uk_address *from, unsigned int *flags);
	/* Options that are numbers. -ENOPROTOOPT: there is no such one. */
	int (*set)(struct uk_socket *s, int level, int name, int value);
	int (*get)(struct uk_socket *s, int level, int name, int *value);
	unsigned int (*poll)(struct uk_socket *s);
	/* Bytes that could be read now (FIONREAD). */
	int (*readable)(struct uk_socket *s);
	void (*close)(struct uk_socket *s);
};

struct uk_socket {
	struct uk_file file;
	const struct uk_socket_ops *ops;
	int family, type, protocol;
	int error;		/* what has happened to it (SO_ERROR), or 0;
				 * whoever tells it clears it */
	bool listening, connecting;	/* the driver's to set */
	bool linger;		/* SO_LINGER, of linger_s seconds */
	int linger_s;		/* 0: closing is a reset */
};

/* One reference, the caller's. */
void uk_socket_init(struct uk_socket *s, const struct uk_socket_ops *ops,
		    int family, int type, int protocol);

struct uk_socket_family {
	int family;
	/* type: UK_SOCK_*; protocol: 0, or one of IP's numbers.
	 * -EPROTONOSUPPORT, -ESOCKTNOSUPPORT. */
	int (*create)(int family, int type, int protocol,
		      struct uk_socket **s);
};

/* While booting only. f lives for ever. -ENOSPC: more than 4. */
UK_CHECK_RESULT int uk_socket_register(const struct uk_socket_family *f);
