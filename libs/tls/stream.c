/* SPDX-License-Identifier: BSD-3-Clause */
#include <lwip/tcp.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include <uk/stream.h>

/* A queue's length has 16 bits. */
_Static_assert(TCP_WND <= UINT16_MAX, "LIBLWIP_WINDOW_KIB: at most 63");

size_t uk_stream_peek(const struct uk_stream *s, const void **data)
{
	if (!s->in)
		return 0;
	*data = (const uint8_t *)s->in->payload + s->used;
	return (size_t)(s->in->len - s->used);
}

/* What is first in the queue has bytes. */
static void drop_used(struct uk_stream *s)
{
	struct pbuf *p;

	while ((p = s->in) && s->used == p->len) {
		s->in = p->next;
		s->used = 0;
		if (s->in)
			pbuf_ref(s->in);
		pbuf_free(p);
	}
}

/* lwIP takes back a connection whose ends have both finished, without a word,
 * as soon as it needs the room: it is no more ours from then on. */
static void leave(struct uk_stream *s)
{
	struct tcp_pcb *pcb = s->pcb;

	s->pcb = NULL;
	uk_lwip_tcp_leave(pcb);
}

static void leave_if_over(struct uk_stream *s)
{
	if (s->pcb && s->eof && s->finished)
		leave(s);
}

void uk_stream_use(struct uk_stream *s, size_t n)
{
	s->used = (u16_t)(s->used + n);
	/* Not before it is used may the other end send more: back-pressure. */
	if (s->pcb)
		tcp_recved(s->pcb, (u16_t)n);
	drop_used(s);
}

size_t uk_stream_read(struct uk_stream *s, void *to, size_t n)
{
	const void *data;
	size_t done = 0, part;

	while (done < n && (part = uk_stream_peek(s, &data)) > 0) {
		part = UK_MIN(part, n - done);
		memcpy((uint8_t *)to + done, data, part);
		uk_stream_use(s, part);
		done += part;
	}
	return done;
}

size_t uk_stream_write(struct uk_stream *s, const void *data, size_t n)
{
	size_t room = s->pcb ? tcp_sndbuf(s->pcb) : 0;

	n = UK_MIN(n, room);
	/* Where memory is short, a piece of it may still go. */
	for (; n > 0; n /= 8)
		if (tcp_write(s->pcb, data, (u16_t)n,
			      TCP_WRITE_FLAG_COPY) == ERR_OK)
			return n;
	return 0;
}

void uk_stream_finish(struct uk_stream *s)
{
	if (!s->finished && s->pcb && tcp_shutdown(s->pcb, 0, 1) == ERR_OK)
		s->finished = true;
	leave_if_over(s);
}

void uk_stream_close(struct uk_stream *s, bool reset)
{
	struct tcp_pcb *pcb = s->pcb;
	const void *unused;
	size_t n;

	/* TCP resets a connection that is closed with bytes left. */
	while (!reset && (n = uk_stream_peek(s, &unused)) > 0)
		uk_stream_use(s, n);
	if (pcb) {
		leave(s);
		if (reset || tcp_close(pcb) != ERR_OK)
			tcp_abort(pcb);
	}
	if (s->in)
		pbuf_free(s->in);
	s->in = NULL;
	s->used = 0;
	s->eof = s->finished = false;
}

static err_t received(void *arg, struct tcp_pcb *pcb UK_UNUSED, struct pbuf *p,
		      err_t err)
{
	struct uk_stream *s = arg;

	if (err != ERR_OK || !p)
		s->eof = true;
	else if (s->in)
		pbuf_cat(s->in, p);
	else
		s->in = p;
	drop_used(s);
	leave_if_over(s);
	s->changed(s->arg);
	return ERR_OK;
}

static err_t sent(void *arg, struct tcp_pcb *pcb UK_UNUSED, u16_t n UK_UNUSED)
{
	struct uk_stream *s = arg;

	s->changed(s->arg);
	return ERR_OK;
}

/* Every second: what found no memory is tried again. */
static err_t polled(void *arg, struct tcp_pcb *pcb)
{
	return sent(arg, pcb, 0);
}

/* The pcb is gone already. */
static void lost(void *arg, err_t err UK_UNUSED)
{
	struct uk_stream *s = arg;

	s->pcb = NULL;
	s->changed(s->arg);
}

void uk_stream_open(struct uk_stream *s, struct tcp_pcb *pcb,
		    void (*changed)(void *arg), void *arg)
{
	s->pcb = pcb;
	s->changed = changed;
	s->arg = arg;
	tcp_arg(pcb, s);
	tcp_recv(pcb, received);
	tcp_sent(pcb, sent);
	tcp_poll(pcb, polled, 2);
	tcp_err(pcb, lost);
	tcp_nagle_disable(pcb);
}
