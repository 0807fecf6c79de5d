/* SPDX-License-Identifier: BSD-3-Clause */
/* Families, and sockets of them. */
#include <uk/syscall.h>
#include "socket.h"

#define MOST 4
#define TYPE 0xf
#define FLAGS (SOCK_NONBLOCK | SOCK_CLOEXEC)

static const struct uk_socket_family *families[MOST] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_families UK_RO_AFTER_INIT_ZERO;

int uk_socket_register(const struct uk_socket_family *f)
{
	if (n_families == MOST)
		return -ENOSPC;
	families[n_families++] = f;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, socket, int, family, int, type, int, protocol)
{
	unsigned int flags = (unsigned int)type & ~TYPE, i;
	struct uk_socket *s;
	int rc;

	if (flags & ~FLAGS)
		return -EINVAL;
	for (i = 0; i < n_families && families[i]->family != family; i++)
		;
	if (i == n_families)
		return -EAFNOSUPPORT;
	rc = families[i]->create(family, type & TYPE, protocol, &s);
	if (rc)
		return rc;
	s->file.flags |= flags & SOCK_NONBLOCK;
	return uk_fd_give(&s->file, flags);
}

UK_SYSCALL_R_DEFINE(int, socketpair, int, family, int, type, int, protocol,
		    int *, fds)
{
	unsigned int flags = (unsigned int)type & ~TYPE;
	struct uk_socket *s[2];
	int rc, a, b;

	if (flags & ~FLAGS)
		return -EINVAL;
	if (family != UK_AF_LOCAL)
		return -EAFNOSUPPORT;
	if (protocol != 0 && protocol != UK_AF_LOCAL)
		return -EPROTONOSUPPORT;
	rc = local_pair(type & TYPE, s);
	if (rc)
		return rc;
	s[0]->file.flags |= flags & SOCK_NONBLOCK;
	s[1]->file.flags |= flags & SOCK_NONBLOCK;
	a = uk_fd_give(&s[0]->file, flags);
	if (a < 0) {
		socket_put(s[1]);
		return a;
	}
	b = uk_fd_give(&s[1]->file, flags);
	if (b < 0) {
		uk_fd_close(a);
		return b;
	}
	fds[0] = a;
	fds[1] = b;
	return 0;
}
