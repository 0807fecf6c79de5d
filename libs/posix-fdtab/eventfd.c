/* SPDX-License-Identifier: BSD-3-Clause */
/* A counter: what is written is added, what is read is taken out. */
#include <uk/alloc.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include "fdtab.h"

#define SEMAPHORE 1u
#define MOST (UINT64_MAX - 1)

struct counter {
	struct uk_file file;
	uint64_t value;
	bool semaphore;		/* one at a time */
};

static struct counter *counter_of(struct uk_file *f)
{
	return uk_container_of(f, struct counter, file);
}

static long counter_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	struct counter *c = counter_of(f);
	uint64_t v = c->semaphore ? 1 : c->value;

	(void)pos;
	if (to->left < sizeof(v))
		return -EINVAL;
	if (!c->value)
		return -EAGAIN;
	c->value -= v;
	uk_iter_put(to, &v, sizeof(v));
	uk_file_changed(f, UK_POLL_OUT);
	return sizeof(v);
}

static long counter_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	struct counter *c = counter_of(f);
	struct uk_iter it = *from;
	uint64_t v;

	(void)pos;
	if (uk_iter_get(&it, &v, sizeof(v)) != sizeof(v) || v > MOST)
		return -EINVAL;
	if (v > MOST - c->value)
		return -EAGAIN;
	c->value += v;
	/* Eight bytes are all of it, whatever there was. */
	from->left = 0;
	uk_file_changed(f, UK_POLL_IN);
	return sizeof(v);
}

static unsigned int counter_poll(struct uk_file *f)
{
	const struct counter *c = counter_of(f);

	return (c->value ? UK_POLL_IN : 0) |
	       (c->value < MOST ? UK_POLL_OUT : 0);
}

static void counter_close(struct uk_file *f)
{
	uk_free(NULL, counter_of(f));
}

static const struct uk_file_ops ops = {
	.name = "eventfd",
	.read = counter_read,
	.write = counter_write,
	.poll = counter_poll,
	.close = counter_close,
};

static int make(unsigned int value, unsigned int flags)
{
	struct counter *c;

	if (flags & ~(SEMAPHORE | UK_O_NONBLOCK | UK_O_CLOEXEC))
		return -EINVAL;
	c = uk_malloc(NULL, sizeof(*c));
	if (!c)
		return -ENOMEM;
	uk_file_init(&c->file, &ops, UK_O_RDWR | (flags & UK_O_NONBLOCK));
	c->value = value;
	c->semaphore = flags & SEMAPHORE;
	return uk_fd_give(&c->file, flags);
}

UK_SYSCALL_R_DEFINE(int, eventfd, unsigned int, value)
{
	return make(value, 0);
}

UK_SYSCALL_R_DEFINE(int, eventfd2, unsigned int, value, unsigned int, flags)
{
	return make(value, flags);
}
