/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/str.h>
#include "epoll.h"

#define OUT_OF_LISTS(l) uk_list_empty(l)

static const struct uk_file_ops ops;

static unsigned int now(const struct item *it)
{
	return it->off ? 0 : uk_file_poll(it->file, it->events);
}

/* Must it be looked at, whatever was announced? An epoll may hold such. */
static bool is_quiet(const struct uk_file *f)
{
	return f->quiet || f->ops == &ops;
}

static void list(struct item *it)
{
	if (OUT_OF_LISTS(&it->ready))
		uk_list_add_tail(&it->epoll->ready, &it->ready);
}

static void changed(struct uk_watch *w, unsigned int events)
{
	struct item *it = uk_container_of(w, struct item, watch);

	if (it->off || !(events & (it->events | UK_POLL_ALWAYS)))
		return;
	list(it);
	uk_file_changed(&it->epoll->file, UK_POLL_IN);
}

static void gone(struct uk_watch *w)
{
	epoll_remove(uk_container_of(w, struct item, watch));
}

static unsigned int epoll_poll(struct uk_file *f)
{
	struct epoll *e = epoll_of(f);
	struct item *it;

	uk_list_for_each(it, &e->ready, ready)
		if (now(it))
			return UK_POLL_IN;
	return 0;
}

static void epoll_close(struct uk_file *f)
{
	struct epoll *e = epoll_of(f);

	while (!uk_list_empty(&e->items))
		epoll_remove(uk_list_entry(e->items.next, struct item, all));
	uk_free(NULL, e);
}

static const struct uk_file_ops ops = {
	.name = "epoll",
	.poll = epoll_poll,
	.close = epoll_close,
};

struct epoll *epoll_of(struct uk_file *f)
{
	return f->ops == &ops ? uk_container_of(f, struct epoll, file) : NULL;
}

int epoll_make(struct epoll **e)
{
	*e = uk_calloc(NULL, 1, sizeof(**e));
	if (!*e)
		return -ENOMEM;
	uk_file_init(&(*e)->file, &ops, UK_O_RDWR);
	uk_list_init(&(*e)->items);
	uk_list_init(&(*e)->ready);
	return 0;
}

/* Of all that watch the file, which are few. */
struct item *epoll_find(struct epoll *e, struct uk_file *f, int fd)
{
	struct uk_watch *w;
	struct item *it;

	uk_list_for_each(w, &f->watches, link) {
		it = uk_container_of(w, struct item, watch);
		if (w->changed == changed && it->epoll == e && it->fd == fd)
			return it;
	}
	return NULL;
}

int epoll_add(struct epoll *e, struct uk_file *f, int fd,
	      const struct epoll_event *ev)
{
	struct epoll *inner = epoll_of(f);
	struct item *it;

	/* One within another, no deeper: no circle, and no end of the stack. */
	if (inner && (inner->n_inner || e->n_outer))
		return -ELOOP;
	it = uk_malloc(NULL, sizeof(*it));
	if (!it)
		return -ENOMEM;
	*it = (struct item){ .watch.changed = changed, .watch.gone = gone,
			     .epoll = e, .file = f, .fd = fd };
	uk_list_init(&it->ready);
	uk_list_add_tail(&e->items, &it->all);
	uk_file_watch(f, &it->watch);
	if (inner) {
		inner->n_outer++;
		e->n_inner++;
	}
	e->n_quiet += is_quiet(f);
	e->file.quiet = e->n_quiet;
	epoll_set(it, ev);
	return 0;
}

void epoll_set(struct item *it, const struct epoll_event *ev)
{
	it->events = ev->events;
	it->data = ev->data;
	it->off = false;
	if (now(it)) {
		list(it);
		uk_file_changed(&it->epoll->file, UK_POLL_IN);
	} else if (is_quiet(it->file)) {
		list(it);
	}
}

void epoll_remove(struct item *it)
{
	struct epoll *e = it->epoll, *inner = epoll_of(it->file);

	if (inner) {
		inner->n_outer--;
		e->n_inner--;
	}
	e->n_quiet -= is_quiet(it->file);
	e->file.quiet = e->n_quiet;
	uk_file_unwatch(&it->watch);
	uk_list_del(&it->ready);
	uk_list_del(&it->all);
	uk_free(NULL, it);
}

int epoll_collect(struct epoll *e, struct epoll_event *ev, int n)
{
	struct uk_link again = UK_LIST_HEAD(again), *l;
	int count = 0;

	while (count < n && (l = uk_list_pop(&e->ready))) {
		struct item *it = uk_list_entry(l, struct item, ready);
		unsigned int events = now(it);

		if (events)
			ev[count++] = (struct epoll_event){ events, it->data };
		if (events && it->events & EPOLLONESHOT)
			it->off = true;
		else if (events ? !(it->events & EPOLLET) : is_quiet(it->file))
			uk_list_add_tail(&again, l);
	}
	/* Behind those that were not looked at. */
	while ((l = uk_list_pop(&again)))
		uk_list_add_tail(&e->ready, l);
	return count;
}
