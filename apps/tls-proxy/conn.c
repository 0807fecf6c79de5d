/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <uk/essentials.h>
#include <uk/time.h>
#include "proxy.h"

struct counters counters;
static struct uk_link all, dirty;

unsigned int clock_s(void)
{
	return (unsigned int)(uk_time_ns() / UK_NSEC_PER_SEC);
}

void conn_init(void)
{
	uk_list_init(&all);
	uk_list_init(&dirty);
}

void conn_touch(void *arg)
{
	struct conn *c = arg;

	if (!c->dirty.next)
		uk_list_add_tail(&dirty, &c->dirty);
}

static void end(struct conn *c, bool reset)
{
	if (c->dirty.next)
		uk_list_del(&c->dirty);
	uk_list_del(&c->all);
	uk_stream_close(&c->front, reset);
	uk_stream_close(&c->back, reset);
	uk_tls_close(&c->tls);
	counters.open--;
	free(c);
}

void conn_kill(struct conn *c)
{
	end(c, true);
}

/* Who has said nothing that makes sense for longest goes, so that silent ones
 * keep nobody out. False: all have. */
static bool make_room(void)
{
	struct conn *c;

	uk_list_for_each(c, &all, all)
		if (c->state == CONN_HANDSHAKE) {
			counters.refused++;
			conn_kill(c);
			return true;
		}
	return false;
}

int conn_open(struct tcp_pcb *pcb)
{
	struct conn *c;

	if (stopping ||
	    (counters.open >= config.connections && !make_room()))
		return -1;
	c = calloc(1, sizeof(*c));
	if (!c)
		return -1;
	if (front_open(c)) {
		uk_tls_close(&c->tls);
		free(c);
		return -1;
	}
	c->deadline = clock_s() + config.handshake_s;
	uk_list_add_tail(&all, &c->all);
	if (++counters.open > counters.most_open)
		counters.most_open = counters.open;
	uk_stream_open(&c->front, pcb, conn_touch, c);
	return 0;
}

/* Gone before both of its directions had ended */
static bool lost(const struct uk_stream *s)
{
	return !s->pcb && !(s->eof && s->finished);
}

/* All states in turn, as far as they go. -1: over, ends reset. */
static int work(struct conn *c)
{
	if (lost(&c->front))
		return -1;
	if (c->state == CONN_HANDSHAKE && front_handshake(c))
		return -1;
	if (c->state == CONN_CONNECT && !c->back.pcb && back_connect(c))
		return -1;
	if (c->state != CONN_OPEN)
		return 0;
	/* The upstream was lost: the client must not take that for the end. */
	if (lost(&c->back))
		return -1;
	if (front_pump(c) || back_pump(c))
		return -1;
	if (c->front.finished && c->back.finished)
		c->state = CONN_OVER;
	return 0;
}

bool conn_work(void)
{
	bool some = false;
	struct conn *c;
	int rc;

	while (!uk_list_empty(&dirty)) {
		c = uk_list_entry(dirty.next, struct conn, dirty);
		uk_list_del(&c->dirty);
		c->dirty.next = NULL;
		some = true;
		rc = work(c);
		if (rc || c->state == CONN_OVER) {
			end(c, rc != 0);
			continue;
		}
		if (c->front.pcb)
			tcp_output(c->front.pcb);
		if (c->back.pcb)
			tcp_output(c->back.pcb);
	}
	return some;
}

/* At once, so that two resets each find room on their way to the network: they
 * are not sent again. */
#define END_MOST 16

bool conn_tick(void)
{
	unsigned int now = clock_s(), ended = 0;
	struct uk_link *l, *next;

	for (l = all.next; l != &all; l = next) {
		struct conn *c = uk_list_entry(l, struct conn, all);

		next = l->next;
		/* Whole seconds: never sooner than it was said. */
		if ((int)(now - c->deadline) <= 0)
			continue;
		if (ended++ == END_MOST)
			return true;
		counters.timeouts++;
		/* An upstream that does not answer: the next one. */
		if (c->state == CONN_CONNECT && c->back.pcb) {
			uk_stream_close(&c->back, true);
			c->deadline = now + config.connect_s;
			conn_touch(c);
			continue;
		}
		conn_kill(c);
	}
	return false;
}
