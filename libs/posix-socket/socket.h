/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_socket. */
#pragma once

#include <uk/fdtab.h>
#include <uk/socket.h>

#define SOCK_CLOEXEC UK_O_CLOEXEC
#define SOCK_NONBLOCK UK_O_NONBLOCK

/* file.c: the socket of a descriptor, with a reference to its file. -EBADF,
 * -ENOTSOCK. */
int socket_get(int fd, struct uk_socket **s);
static inline void socket_put(struct uk_socket *s)
{
	uk_file_put(&s->file);
}
/* What has happened to s, as a negative errno, once; or 0. */
int socket_error(struct uk_socket *s);

/* address.c: from and to what a program has (struct sockaddr_in, _in6).
 * -EINVAL: no such length. -EAFNOSUPPORT: neither of these, nor UNSPEC. */
int address_in(const void *from, int len, struct uk_address *a);
/* The same, which must be of s's family. */
int address_for(const struct uk_socket *s, const void *from, int len,
		struct uk_address *a);
/* *len: room in, what there would be out; what does not fit is cut. Nothing
 * happens if to is NULL. -EINVAL: len. */
int address_out(const struct uk_address *a, void *to, int *len);

/* local.c */
int local_pair(int type, struct uk_socket *s[2]);
