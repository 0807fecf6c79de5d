/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/file.h>
#include <uk/time.h>

void uk_file_init(struct uk_file *f, const struct uk_file_ops *ops,
		  unsigned int flags)
{
	*f = (struct uk_file){ .ops = ops, .flags = flags };
	uk_refcount_init(&f->refs, 1);
	uk_list_init(&f->watches);
}

void uk_file_put(struct uk_file *f)
{
	struct uk_link *l;

	if (!uk_refcount_release(&f->refs))
		return;
	while ((l = uk_list_pop(&f->watches))) {
		struct uk_watch *w = uk_list_entry(l, struct uk_watch, link);

		w->gone(w);
	}
	f->ops->close(f);
}

uint64_t uk_file_until(uint64_t ns)
{
	uint64_t until;

	if (!ns || __builtin_add_overflow(uk_time_ns(), ns, &until))
		return UKPLAT_FOREVER;
	return until;
}

long uk_file_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	uint64_t until = uk_file_until(f->read_ns);
	long n;

	if ((f->flags & UK_O_ACCMODE) == UK_O_WRONLY || f->flags & UK_O_PATH)
		return -EBADF;
	if (!f->ops->read)
		return -EINVAL;
	for (;;) {
		n = f->ops->read(f, to, pos ? pos : &f->pos);
		if (n != -EAGAIN)
			return n;
		n = uk_file_again(f, UK_POLL_IN, until, false);
		if (n)
			return n;
	}
}

long uk_file_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	uint64_t until = uk_file_until(f->write_ns);
	size_t all = from->left;
	long n;

	if ((f->flags & UK_O_ACCMODE) == UK_O_RDONLY || f->flags & UK_O_PATH)
		return -EBADF;
	if (!f->ops->write)
		return -EINVAL;
	do {
		n = f->ops->write(f, from, pos ? pos : &f->pos);
		if (n == 0)
			break;
		if (n == -EAGAIN)
			n = uk_file_again(f, UK_POLL_OUT, until, false);
	} while (n >= 0 && from->left);
	all -= from->left;
	return n < 0 && !all ? n : (long)all;
}

unsigned int uk_file_poll(struct uk_file *f, unsigned int events)
{
	unsigned int now = UK_POLL_IN | UK_POLL_OUT;

	if (f->ops->poll)
		now = f->ops->poll(f);
	return now & (events | UK_POLL_ALWAYS);
}

void uk_file_changed(struct uk_file *f, unsigned int events)
{
	struct uk_watch *w;

	uk_list_for_each(w, &f->watches, link)
		w->changed(w, events);
}

void uk_file_watch(struct uk_file *f, struct uk_watch *w)
{
	uk_list_add_tail(&f->watches, &w->link);
}

void uk_file_unwatch(struct uk_watch *w)
{
	uk_list_del(&w->link);
}
