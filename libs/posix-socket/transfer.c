/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes through sockets, beyond read and write. */
#include <uk/syscall.h>
#include <uk/task.h>
#include "socket.h"

#define SIGPIPE 13
#define MSG_OOB		0x01u
#define MSG_DONTWAIT	0x40u
#define MSG_WAITALL	0x100u
#define MSG_NOSIGNAL	0x4000u
#define MSG_CMSG_CLOEXEC 0x40000000u
#define SEND_FLAGS (MSG_DONTWAIT | MSG_NOSIGNAL | UK_MSG_MORE)
#define RECEIVE_FLAGS (MSG_DONTWAIT | MSG_WAITALL | MSG_NOSIGNAL | \
		       MSG_CMSG_CLOEXEC | UK_MSG_PEEK | UK_MSG_TRUNC)

/* As the kernel lays it out. */
struct message {
	void *name;
	int name_len;
	struct uk_iovec *v;
	size_t n;
	void *control;
	size_t control_len;
	unsigned int flags;
};

static long send_all(struct uk_socket *s, struct uk_iter *from,
		     const struct uk_address *to, unsigned int flags)
{
	uint64_t until = uk_file_until(s->file.write_ns);
	size_t all = from->left;
	long n;

	if (!s->ops->send || flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (flags & ~SEND_FLAGS)
		return -EINVAL;
	do {
		n = s->ops->send(s, from, to, flags);
		if (n == 0)
			break;
		if (n == -EAGAIN)
			n = uk_file_again(&s->file, UK_POLL_OUT, until,
					  flags & MSG_DONTWAIT);
	} while (n >= 0 && from->left);
	all -= from->left;
	if (n == -EPIPE && !all && !(flags & MSG_NOSIGNAL))
		uk_signal_send(uk_task_self(), SIGPIPE);
	return n < 0 && !all ? n : (long)all;
}

static long receive(struct uk_socket *s, struct uk_iter *to,
		    struct uk_address *from, unsigned int *flags)
{
	bool whole = *flags & MSG_WAITALL && s->type == UK_SOCK_STREAM &&
		     !(*flags & UK_MSG_PEEK);
	uint64_t until = uk_file_until(s->file.read_ns);
	unsigned int given = *flags, out;
	long n, all = 0;

	if (!s->ops->receive || given & MSG_OOB)
		return -EOPNOTSUPP;
	if (given & ~RECEIVE_FLAGS)
		return -EINVAL;
	for (;;) {
		out = given;
		n = s->ops->receive(s, to, from, &out);
		if (n > 0)
			all += n;
		if (n == 0 || (n > 0 && (!whole || !to->left)))
			break;
		if (n == -EAGAIN)
			n = uk_file_again(&s->file, UK_POLL_IN, until,
					  given & MSG_DONTWAIT);
		if (n < 0)
			break;
	}
	*flags = out;
	return all ? all : n;
}

static long send_to(int fd, const struct uk_iovec *v, long n, const void *addr,
		    int len, unsigned int flags)
{
	struct uk_address a;
	struct uk_socket *s;
	struct uk_iter it;
	long rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = uk_iter_init(&it, v, n);
	if (!rc && addr)
		rc = address_for(s, addr, len, &a);
	if (!rc)
		rc = send_all(s, &it, addr ? &a : NULL, flags);
	socket_put(s);
	return rc;
}

UK_SYSCALL_R_DEFINE(long, sendto, int, fd, const void *, buf, size_t, len,
		    unsigned int, flags, const void *, addr, int, addr_len)
{
	const struct uk_iovec v = { (void *)(uintptr_t)buf, len };

	return send_to(fd, &v, 1, addr, addr_len, flags);
}

UK_SYSCALL_R_DEFINE(long, sendmsg, int, fd, const struct message *, m,
		    unsigned int, flags)
{
	/* There is nothing that could be passed on beside the data. */
	if (m->control && m->control_len)
		return -EINVAL;
	if (m->n > UK_IOVEC_MAX)
		return -EMSGSIZE;
	return send_to(fd, m->v, (long)m->n, m->name, m->name_len, flags);
}

static long receive_from(int fd, const struct uk_iovec *v, long n, void *addr,
			 int *len, unsigned int *flags)
{
	struct uk_address a = { .family = UK_AF_UNSPEC };
	struct uk_socket *s;
	struct uk_iter it;
	long rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = uk_iter_init(&it, v, n);
	if (!rc)
		rc = receive(s, &it, &a, flags);
	socket_put(s);
	if (rc < 0 || !addr)
		return rc;
	if (a.family == UK_AF_UNSPEC) {
		*len = 0;	/* a stream: nobody in particular */
		return rc;
	}
	n = address_out(&a, addr, len);
	return n < 0 ? n : rc;
}

UK_SYSCALL_R_DEFINE(long, recvfrom, int, fd, void *, buf, size_t, len,
		    unsigned int, flags, void *, addr, int *, addr_len)
{
	const struct uk_iovec v = { buf, len };

	if (addr && !addr_len)
		return -EFAULT;
	return receive_from(fd, &v, 1, addr, addr_len, &flags);
}

UK_SYSCALL_R_DEFINE(long, recvmsg, int, fd, struct message *, m,
		    unsigned int, flags)
{
	long n;

	if (m->n > UK_IOVEC_MAX)
		return -EMSGSIZE;
	n = receive_from(fd, m->v, (long)m->n, m->name, &m->name_len, &flags);
	if (n >= 0) {
		m->control_len = 0;
		m->flags = flags;
	}
	return n;
}
