/* SPDX-License-Identifier: BSD-3-Clause */
/* Who talks to whom. */
#include <uk/syscall.h>
#include "socket.h"

#define BACKLOG_MOST 4096

UK_SYSCALL_R_DEFINE(int, bind, int, fd, const void *, addr, int, len)
{
	struct uk_address a;
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = address_for(s, addr, len, &a);
	if (!rc)
		rc = s->ops->bind ? s->ops->bind(s, &a) : -EOPNOTSUPP;
	socket_put(s);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, listen, int, fd, int, backlog)
{
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	backlog = backlog < 1 ? 1 : UK_MIN(backlog, BACKLOG_MOST);
	rc = s->ops->listen ? s->ops->listen(s, backlog) : -EOPNOTSUPP;
	socket_put(s);
	return rc;
}

/* The next connection, if need be by waiting for it. */
static int next(struct uk_socket *s, struct uk_socket **newer)
{
	uint64_t until = uk_file_until(s->file.read_ns);
	int rc;

	if (!s->ops->accept)
		return -EOPNOTSUPP;
	for (;;) {
		rc = s->ops->accept(s, newer);
		if (rc != -EAGAIN)
			return rc;
		rc = uk_file_again(&s->file, UK_POLL_IN, until, false);
		if (rc)
			return rc;
	}
}

static int take(int fd, void *addr, int *len, unsigned int flags)
{
	struct uk_address a = { .family = UK_AF_UNSPEC };
	struct uk_socket *s, *newer;
	int rc;

	if (flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC))
		return -EINVAL;
	rc = socket_get(fd, &s);
	if (rc)
		return rc;
	rc = next(s, &newer);
	socket_put(s);
	if (rc)
		return rc;
	/* It may have gone already: that is for its first user to see. */
	if (addr && newer->ops->name)
		newer->ops->name(newer, true, &a);
	rc = address_out(&a, addr, len);
	if (rc) {
		socket_put(newer);
		return rc;
	}
	newer->file.flags |= flags & SOCK_NONBLOCK;
	return uk_fd_give(&newer->file, flags);
}

UK_SYSCALL_R_DEFINE(int, accept, int, fd, void *, addr, int *, len)
{
	return take(fd, addr, len, 0);
}

UK_SYSCALL_R_DEFINE(int, accept4, int, fd, void *, addr, int *, len,
		    unsigned int, flags)
{
	return take(fd, addr, len, flags);
}

static int reach(struct uk_socket *s, const struct uk_address *a)
{
	uint64_t until = uk_file_until(s->file.write_ns);
	int rc;

	if (!s->ops->connect)
		return -EOPNOTSUPP;
	if (a->family != s->family && a->family != UK_AF_UNSPEC)
		return -EAFNOSUPPORT;
	rc = s->ops->connect(s, a);
	if (rc != -EINPROGRESS || s->file.flags & UK_O_NONBLOCK)
		return rc;
	while (s->connecting) {
		rc = uk_file_wait(&s->file, UK_POLL_OUT, until);
		if (rc && s->connecting)
			return rc == -ETIMEDOUT ? -EINPROGRESS : rc;
	}
	return socket_error(s);
}

UK_SYSCALL_R_DEFINE(int, connect, int, fd, const void *, addr, int, len)
{
	struct uk_address a;
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = address_in(addr, len, &a);
	if (!rc)
		rc = reach(s, &a);
	socket_put(s);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, shutdown, int, fd, int, how)
{
	struct uk_socket *s;
	int rc;

	if (how < 0 || how > 2)
		return -EINVAL;
	rc = socket_get(fd, &s);
	if (rc)
		return rc;
	/* 0: in, 1: out, 2: both. */
	rc = s->ops->shutdown ?
		s->ops->shutdown(s, (unsigned int)how + 1) : -EOPNOTSUPP;
	socket_put(s);
	return rc;
}

static int name_of(int fd, bool peer, void *addr, int *len)
{
	struct uk_address a;
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = s->ops->name ? s->ops->name(s, peer, &a) : -EOPNOTSUPP;
	if (!rc)
		rc = address_out(&a, addr, len);
	socket_put(s);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, getsockname, int, fd, void *, addr, int *, len)
{
	return name_of(fd, false, addr, len);
}

UK_SYSCALL_R_DEFINE(int, getpeername, int, fd, void *, addr, int *, len)
{
	return name_of(fd, true, addr, len);
}
