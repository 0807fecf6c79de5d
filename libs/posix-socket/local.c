/* SPDX-License-Identifier: BSD-3-Clause */
/* Pairs of connected sockets: a stream of bytes each way. */
#include <uk/alloc.h>
#include <uk/ring.h>
#include <uk/str.h>
#include "socket.h"

#define SIZE 16384u	/* bytes each way */

struct pair;

struct end {
	struct uk_socket sock;
	struct pair *pair;
	struct uk_ring in;	/* what the other one has sent */
	bool open;
	bool no_more;		/* the other one sends no more */
	bool deaf;		/* it takes no more */
};

struct pair {
	struct end end[2];
};

static struct end *end_of(struct uk_socket *s)
{
	return uk_container_of(s, struct end, sock);
}

static struct end *other(struct end *e)
{
	return e == &e->pair->end[0] ? &e->pair->end[1] : &e->pair->end[0];
}

static void tell(struct end *e, unsigned int events)
{
	if (e->open)
		uk_file_changed(&e->sock.file, events);
}

static long local_send(struct uk_socket *s, struct uk_iter *from,
		       const struct uk_address *to, unsigned int flags)
{
	struct end *peer = other(end_of(s));
	size_t n;

	(void)flags;
	if (to)
		return -EISCONN;
	if (!peer->open || peer->deaf || peer->no_more)
		return -EPIPE;
	if (!from->left)
		return 0;
	n = uk_ring_put(&peer->in, from);
	if (!n)
		return -EAGAIN;
	tell(peer, UK_POLL_IN);
	return (long)n;
}

static long local_receive(struct uk_socket *s, struct uk_iter *to,
			  struct uk_address *from, unsigned int *flags)
{
	struct end *e = end_of(s);
	size_t got = e->in.got, n;
	bool peek = *flags & UK_MSG_PEEK;

	(void)from;
	*flags = 0;
	if (e->deaf || !to->left)
		return 0;
	n = uk_ring_get(&e->in, to);
	if (!n)
		return e->no_more || !other(e)->open ? 0 : -EAGAIN;
	if (peek)
		e->in.got = got;
	else
		tell(other(e), UK_POLL_OUT);
	return (long)n;
}

static int local_shutdown(struct uk_socket *s, unsigned int how)
{
	struct end *e = end_of(s), *peer = other(e);

	if (how & UK_SHUT_OUT)
		peer->no_more = true;
	if (how & UK_SHUT_IN)
		e->deaf = true;
	tell(peer, UK_POLL_IN | UK_POLL_RDHUP | UK_POLL_OUT | UK_POLL_HUP);
	tell(e, UK_POLL_IN | UK_POLL_OUT | UK_POLL_HUP);
	return 0;
}

static unsigned int local_poll(struct uk_socket *s)
{
	struct end *e = end_of(s), *peer = other(e);
	bool in_end = e->no_more || e->deaf || !peer->open;
	bool out_end = peer->no_more || peer->deaf || !peer->open;

	return (in_end ? UK_POLL_IN | UK_POLL_RDHUP : 0) |
	       (uk_ring_used(&e->in) ? UK_POLL_IN : 0) |
	       (out_end || uk_ring_room(&peer->in) ? UK_POLL_OUT : 0) |
	       (in_end && out_end ? UK_POLL_HUP : 0);
}

static int local_readable(struct uk_socket *s)
{
	return (int)uk_ring_used(&end_of(s)->in);
}

static int local_get(struct uk_socket *s, int level, int name, int *value)
{
	(void)s;
	if (level != UK_SOL_SOCKET ||
	    (name != UK_SO_RCVBUF && name != UK_SO_SNDBUF))
		return -ENOPROTOOPT;
	*value = SIZE;
	return 0;
}

static void local_close(struct uk_socket *s)
{
	struct end *e = end_of(s), *peer = other(e);

	e->open = false;
	uk_ring_free(&e->in);
	tell(peer, UK_POLL_IN | UK_POLL_RDHUP | UK_POLL_OUT | UK_POLL_HUP);
	if (!peer->open)
		uk_free(NULL, e->pair);
}

static const struct uk_socket_ops ops = {
	.send = local_send,
	.receive = local_receive,
	.shutdown = local_shutdown,
	.get = local_get,
	.poll = local_poll,
	.readable = local_readable,
	.close = local_close,
};

int local_pair(int type, struct uk_socket *s[2])
{
	struct pair *p;

	if (type != UK_SOCK_STREAM)
		return -ESOCKTNOSUPPORT;
	p = uk_calloc(NULL, 1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	if (uk_ring_init(&p->end[0].in, SIZE) ||
	    uk_ring_init(&p->end[1].in, SIZE)) {
		uk_ring_free(&p->end[0].in);
		uk_free(NULL, p);
		return -ENOMEM;
	}
	for (int i = 0; i < 2; i++) {
		uk_socket_init(&p->end[i].sock, &ops, UK_AF_LOCAL, type, 0);
		p->end[i].pair = p;
		p->end[i].open = true;
		s[i] = &p->end[i].sock;
	}
	return 0;
}
