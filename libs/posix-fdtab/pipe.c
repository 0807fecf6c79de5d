/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/ring.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include "fdtab.h"

/* As much goes in as one piece (PIPE_BUF); with that much room, one may. */
#define WHOLE 4096u
#define SIZE 16384u

#define FIONREAD 0x541b

struct pipe {
	struct uk_ring ring;
	struct uk_file in, out;		/* to write, to read */
	bool in_open, out_open;
};

static struct pipe *pipe_of(struct uk_file *f);

static long pipe_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	struct pipe *p = pipe_of(f);
	size_t n;

	(void)pos;
	if (!to->left)
		return 0;
	n = uk_ring_get(&p->ring, to);
	if (!n)
		return p->in_open ? -EAGAIN : 0;
	if (p->in_open)
		uk_file_changed(&p->in, UK_POLL_OUT);
	return (long)n;
}

static long pipe_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	struct pipe *p = pipe_of(f);
	size_t room = uk_ring_room(&p->ring), n;

	(void)pos;
	if (!p->out_open)
		return -EPIPE;
	if (!from->left)
		return 0;
	if (!room || (from->left <= WHOLE && from->left > room))
		return -EAGAIN;
	n = uk_ring_put(&p->ring, from);
	uk_file_changed(&p->out, UK_POLL_IN);
	return (long)n;
}

static unsigned int pipe_poll(struct uk_file *f)
{
	const struct pipe *p = pipe_of(f);
	unsigned int now = 0;

	if (f == &p->in) {
		if (!p->out_open)
			return UK_POLL_OUT | UK_POLL_ERR;
		return uk_ring_room(&p->ring) >= WHOLE ? UK_POLL_OUT : 0;
	}
	if (uk_ring_used(&p->ring))
		now |= UK_POLL_IN;
	if (!p->in_open)
		now |= UK_POLL_HUP;
	return now;
}

static int pipe_ioctl(struct uk_file *f, unsigned long what, void *arg)
{
	if (what != FIONREAD)
		return -ENOTTY;
	*(int *)arg = (int)uk_ring_used(&pipe_of(f)->ring);
	return 0;
}

static int pipe_stat(struct uk_file *f, struct uk_stat *st)
{
	(void)f;
	st->mode = UK_S_FIFO | 0600;
	return 0;
}

static void pipe_close(struct uk_file *f)
{
	struct pipe *p = pipe_of(f);

	if (f == &p->in) {
		p->in_open = false;
		if (p->out_open)
			uk_file_changed(&p->out, UK_POLL_HUP);
	} else {
		p->out_open = false;
		if (p->in_open)
			uk_file_changed(&p->in, UK_POLL_ERR | UK_POLL_OUT);
	}
	if (p->in_open || p->out_open)
		return;
	uk_ring_free(&p->ring);
	uk_free(NULL, p);
}

static const struct uk_file_ops in_ops = {
	.name = "pipe",
	.write = pipe_write,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.stat = pipe_stat,
	.close = pipe_close,
};

static const struct uk_file_ops out_ops = {
	.name = "pipe",
	.read = pipe_read,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.stat = pipe_stat,
	.close = pipe_close,
};

static struct pipe *pipe_of(struct uk_file *f)
{
	return f->ops == &in_ops ? uk_container_of(f, struct pipe, in) :
		uk_container_of(f, struct pipe, out);
}

static int make(int fds[2], unsigned int flags)
{
	struct pipe *p;
	int out, in;

	if (flags & ~(UK_O_NONBLOCK | UK_O_CLOEXEC))
		return -EINVAL;
	p = uk_malloc(NULL, sizeof(*p));
	if (!p || uk_ring_init(&p->ring, SIZE)) {
		uk_free(NULL, p);
		return -ENOMEM;
	}
	uk_file_init(&p->in, &in_ops, UK_O_WRONLY | (flags & UK_O_NONBLOCK));
	uk_file_init(&p->out, &out_ops, UK_O_RDONLY | (flags & UK_O_NONBLOCK));
	p->in_open = p->out_open = true;
	out = uk_fd_give(&p->out, flags);
	if (out < 0) {
		uk_file_put(&p->in);
		return out;
	}
	in = uk_fd_give(&p->in, flags);
	if (in < 0) {
		uk_fd_close(out);
		return in;
	}
	fds[0] = out;
	fds[1] = in;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, pipe, int *, fds)
{
	return make(fds, 0);
}

UK_SYSCALL_R_DEFINE(int, pipe2, int *, fds, unsigned int, flags)
{
	return make(fds, flags);
}
