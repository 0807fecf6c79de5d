/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes through a TCP connection. */
#include <uk/essentials.h>
#include "tcp.h"

/* The first one is read. */
static void drop_first(struct tcp *t)
{
	struct pbuf *p = t->in;

	t->in = p->next;
	if (!t->in)
		t->in_last = NULL;
	t->used = 0;
	p->next = NULL;
	p->tot_len = p->len;
	inet_let_go(p);
}

void tcp_drop_in(struct tcp *t)
{
	while (t->in)
		drop_first(t);
	t->n_in = 0;
}

/* n bytes are read: as many more may come. */
static void make_room(struct tcp *t, size_t n)
{
	while (t->pcb && n) {
		u16_t step = (u16_t)UK_MIN(n, (size_t)UINT16_MAX);

		tcp_recved(t->pcb, step);
		n -= step;
	}
}

err_t tcp_in(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	struct tcp *t = arg;

	(void)pcb, (void)err;
	if (!p) {
		t->eof = true;
		uk_file_changed(&t->sock.file, UK_POLL_IN | UK_POLL_RDHUP |
				UK_POLL_HUP);
		tcp_settle(t);
		return ERR_OK;
	}
	if (t->in_shut) {	/* nobody will read it */
		make_room(t, p->tot_len);
		pbuf_free(p);
		return ERR_OK;
	}
	t->n_in += p->tot_len;
	p = inet_keep(p);
	if (t->in_last)
		t->in_last->next = p;
	else
		t->in = p;
	while (p->next)
		p = p->next;
	t->in_last = p;
	uk_file_changed(&t->sock.file, UK_POLL_IN);
	return ERR_OK;
}

/* Copy what is there; how much. */
static size_t copy(struct tcp *t, struct uk_iter *to, bool peek)
{
	const struct pbuf *p = t->in;
	size_t used = t->used, all = 0, n;

	while (p && to->left) {
		n = uk_iter_put(to, (const char *)p->payload + used,
				p->len - used);
		all += n;
		used += n;
		if (used < p->len)
			break;
		p = p->next;
		used = 0;
		if (!peek)
			drop_first(t);
	}
	if (!peek) {
		t->used = used;
		t->n_in -= all;
	}
	return all;
}

long tcp_receive(struct uk_socket *s, struct uk_iter *to,
		 struct uk_address *from, unsigned int *flags)
{
	bool peek = *flags & UK_MSG_PEEK;
	struct tcp *t = tcp_of(s);
	int error = s->error;
	size_t n;

	(void)from;
	*flags = 0;
	if (!t->connected && !s->connecting && !error)
		return -ENOTCONN;
	if (!to->left)
		return 0;
	n = copy(t, to, peek);
	if (n) {
		if (!peek && t->pcb) {
			make_room(t, n);
			inet_work();
		}
		return (long)n;
	}
	if (error) {
		s->error = 0;
		return -error;
	}
	return t->eof || t->in_shut ? 0 : -EAGAIN;
}

/* As much of `from` as there is room for; how much. */
static size_t queue(struct tcp *t, struct uk_iter *from, bool more)
{
	size_t all = 0, n, room;
	const void *p;

	while ((room = tcp_sndbuf(t->pcb)) && (p = uk_iter_next(from, &n))) {
		u16_t step = (u16_t)UK_MIN(UK_MIN(n, room), (size_t)UINT16_MAX);
		u8_t flags = TCP_WRITE_FLAG_COPY;
		err_t err;

		if (more || step < from->left)
			flags |= TCP_WRITE_FLAG_MORE;
		/* Memory is short of large pieces first. */
		do
			err = tcp_write(t->pcb, p, step, flags);
		while (err == ERR_MEM && (step /= 2) >= TCP_MSS / 2);
		if (err != ERR_OK)
			break;
		uk_iter_skip(from, step);
		all += step;
	}
	return all;
}

long tcp_send(struct uk_socket *s, struct uk_iter *from,
	      const struct uk_address *to, unsigned int flags)
{
	struct tcp *t = tcp_of(s);
	size_t n;

	if (to && t->connected)
		return -EISCONN;
	if (s->connecting)
		return -EAGAIN;
	if (s->error) {
		int error = s->error;

		s->error = 0;
		return -error;
	}
	if (!t->connected)
		return s->listening ? -ENOTCONN : -EPIPE;
	if (t->out_shut || !t->pcb)
		return -EPIPE;
	if (!from->left)
		return 0;
	n = queue(t, from, flags & UK_MSG_MORE);
	t->stuck = !n;
	tcp_output(t->pcb);
	inet_work();
	return n ? (long)n : -EAGAIN;
}

static bool has_room(const struct tcp *t)
{
	return !t->stuck && tcp_sndbuf(t->pcb) >= TCP_SNDLOWAT &&
	       tcp_sndqueuelen(t->pcb) < TCP_SNDQUEUELOWAT;
}

unsigned int tcp_ready(struct uk_socket *s)
{
	struct tcp *t = tcp_of(s);
	bool in_end = t->eof || t->in_shut, out_end = t->out_shut || !t->pcb;

	if (s->listening)
		return uk_list_empty(&t->newcomers) ? 0 : UK_POLL_IN;
	if (s->connecting)
		return 0;
	if (!t->connected)
		return UK_POLL_OUT | UK_POLL_HUP;
	return (t->n_in || in_end ? UK_POLL_IN : 0) |
	       (in_end ? UK_POLL_RDHUP : 0) |
	       (out_end || has_room(t) ? UK_POLL_OUT : 0) |
	       (in_end && out_end ? UK_POLL_HUP : 0);
}

int tcp_readable(struct uk_socket *s)
{
	return s->listening ? -EINVAL : (int)tcp_of(s)->n_in;
}
