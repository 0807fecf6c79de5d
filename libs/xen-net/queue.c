/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/str.h>
#include "card.h"

static void barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Let the other end know of the requests, and wake it if it waits for one of
 * these. */
static void publish(struct card *c, struct queue *q)
{
	uint32_t old = q->told, event;

	if (q->made == old)
		return;
	barrier();
	q->page->request_prod = q->told = q->made;
	barrier();
	event = q->page->request_event;
	if (q->made - event < q->made - old)
		ukplat_xen_send(c->port);
}

/* How many responses there are; none after a lie. */
static uint32_t responses(struct card *c, struct queue *q)
{
	uint32_t n = q->page->response_prod - q->taken;

	barrier();
	if (n <= q->n_theirs)
		return n;
	vif_stop(c, "more answers than requests");
	return 0;
}

/* Buffer id is ours again. false: it was. */
static bool give_back(struct card *c, struct queue *q, uint16_t id)
{
	if (id >= BUFFERS || !q->theirs[id]) {
		vif_stop(c, "an answer to no request");
		return false;
	}
	q->theirs[id] = false;
	q->n_theirs--;
	return true;
}

static void lend(struct queue *q, unsigned int id)
{
	q->theirs[id] = true;
	q->n_theirs++;
	q->made++;
}

/* ---- what goes ---- */

static void reap(struct card *c)
{
	struct queue *q = &c->tx;
	uint32_t n = responses(c, q);
	uint16_t id;

	for (; n && !c->net.stopped; n--) {
		id = q->page->tx[q->taken++ % SLOTS].response.id;
		c->tx_full &= !give_back(c, q, id);
	}
}

/* All pieces of a frame; 0: too long. */
static unsigned int copy(uint8_t *to, const struct uk_netbuf *b)
{
	unsigned int len = 0;

	for (; b; b = b->next) {
		if (b->len > TX_SIZE - len)
			return 0;
		memcpy(to + len, uk_netbuf_data(b), b->len);
		len += b->len;
	}
	return len;
}

int vif_tx(struct uk_netdev *net, struct uk_netbuf *b)
{
	struct card *c = vif_of(net);
	struct queue *q = &c->tx;
	volatile struct tx_request *r;
	unsigned int id, len;

	if (!net->stopped)
		reap(c);
	if (net->stopped)
		return -EIO;
	for (id = 0; id < BUFFERS && q->theirs[id]; id++)
		;
	if (id == BUFFERS) {
		publish(c, q);
		c->tx_full = true;
		net->stats.tx_full++;
		return -EAGAIN;
	}
	len = copy(q->mem + id * TX_SIZE, b);
	if (!len)
		return -EINVAL;
	r = &q->page->tx[q->made % SLOTS].request;
	r->ref = q->ref[id];
	r->offset = (uint16_t)(id * TX_SIZE % UK_PAGE_SIZE);
	r->flags = 0;
	r->id = (uint16_t)id;
	r->size = (uint16_t)len;
	lend(q, id);
	net->stats.tx_frames++;
	net->stats.tx_bytes += len;
	uk_netbuf_free(b);
	return 0;
}

void vif_flush(struct uk_netdev *net)
{
	if (!net->stopped)
		publish(vif_of(net), &vif_of(net)->tx);
}

/* ---- what comes ---- */

void vif_refill(struct card *c)
{
	struct queue *q = &c->rx;
	volatile struct rx_request *r;
	unsigned int id;

	for (id = 0; id < BUFFERS; id++) {
		if (q->theirs[id])
			continue;
		r = &q->page->rx[q->made % SLOTS].request;
		r->id = (uint16_t)id;
		r->ref = q->ref[id];
		lend(q, id);
	}
	publish(c, q);
}

/* A frame out of the page it came in; NULL: there is none in it, or no room
 * for it. */
static struct uk_netbuf *take(struct card *c, const struct rx_response *r)
{
	bool whole = !c->skipping && !(r->flags & MORE_DATA);
	struct uk_netbuf *b = NULL;

	/* One that is longer than a page was not asked for. */
	c->skipping = r->flags & MORE_DATA;
	if (whole && r->status >= (int)ETHER_LEN &&
	    r->status <= (int)(c->net.mtu + ETHER_LEN) &&
	    r->offset <= UK_PAGE_SIZE - (unsigned int)r->status)
		b = uk_netbuf_alloc();
	if (!b) {
		c->net.stats.rx_bad++;
		return NULL;
	}
	b->len = (uint16_t)r->status;
	memcpy(uk_netbuf_data(b), c->rx.mem + r->id * UK_PAGE_SIZE + r->offset,
	       b->len);
	c->net.stats.rx_frames++;
	c->net.stats.rx_bytes += b->len;
	return b;
}

unsigned int vif_rx(struct uk_netdev *net, struct uk_netbuf **frames,
		     unsigned int n)
{
	struct card *c = vif_of(net);
	struct queue *q = &c->rx;
	uint32_t left = net->stopped ? 0 : responses(c, q);
	unsigned int got = 0;

	while (left-- && got < n) {
		volatile struct rx_response *from =
			&q->page->rx[q->taken++ % SLOTS].response;
		struct rx_response r = {
			.id = from->id, .offset = from->offset,
			.flags = from->flags, .status = from->status,
		};

		if (!give_back(c, q, r.id))
			break;
		if (r.flags & EXTRA) {
			vif_stop(c, "more about a frame than was asked for");
			break;
		}
		frames[got] = take(c, &r);
		got += frames[got] != NULL;
	}
	if (!net->stopped)
		vif_refill(c);
	return got;
}

static bool wants(struct queue *q)
{
	q->page->response_event = q->taken + 1;
	barrier();
	return q->page->response_prod != q->taken;
}

bool vif_arm(struct uk_netdev *net)
{
	struct card *c = vif_of(net);

	if (net->stopped)
		return false;
	if (c->tx_full && wants(&c->tx)) {
		reap(c);
		return true;
	}
	return wants(&c->rx);
}
