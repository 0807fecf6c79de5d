/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets as open files. */
#include "socket.h"

#define FIONREAD 0x541b

static struct uk_socket *socket_of(struct uk_file *f)
{
	return uk_container_of(f, struct uk_socket, file);
}

static long socket_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	struct uk_socket *s = socket_of(f);
	struct uk_address from;
	unsigned int flags = 0;

	(void)pos;
	if (!s->ops->receive)
		return -EOPNOTSUPP;
	return s->ops->receive(s, to, &from, &flags);
}

static long socket_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	struct uk_socket *s = socket_of(f);

	(void)pos;
	return s->ops->send ? s->ops->send(s, from, NULL, 0) : -EOPNOTSUPP;
}

static unsigned int socket_poll(struct uk_file *f)
{
	struct uk_socket *s = socket_of(f);

	return s->ops->poll(s) | (s->error ? UK_POLL_ERR : 0);
}

static int socket_ioctl(struct uk_file *f, unsigned long what, void *arg)
{
	struct uk_socket *s = socket_of(f);
	int n;

	if (what != FIONREAD || !s->ops->readable)
		return -ENOTTY;
	n = s->ops->readable(s);
	if (n >= 0)
		*(int *)arg = n;
	return n < 0 ? n : 0;
}

static int socket_stat(struct uk_file *f, struct uk_stat *st)
{
	(void)f;
	st->mode = UK_S_SOCKET | 0777;
	return 0;
}

static void socket_close(struct uk_file *f)
{
	struct uk_socket *s = socket_of(f);

	s->ops->close(s);
}

static const struct uk_file_ops ops = {
	.name = "socket",
	.read = socket_read,
	.write = socket_write,
	.poll = socket_poll,
	.ioctl = socket_ioctl,
	.stat = socket_stat,
	.close = socket_close,
};

void uk_socket_init(struct uk_socket *s, const struct uk_socket_ops *sops,
		    int family, int type, int protocol)
{
	*s = (struct uk_socket){ .ops = sops, .family = family, .type = type,
				 .protocol = protocol };
	uk_file_init(&s->file, &ops, UK_O_RDWR);
}

int socket_get(int fd, struct uk_socket **s)
{
	struct uk_file *f = uk_fd_get(fd);

	if (!f)
		return -EBADF;
	if (f->ops != &ops) {
		uk_file_put(f);
		return -ENOTSOCK;
	}
	*s = socket_of(f);
	return 0;
}

int socket_error(struct uk_socket *s)
{
	int error = s->error;

	s->error = 0;
	return -error;
}
