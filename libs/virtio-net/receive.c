/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames that come: each in one buffer, or in several if the card may, of
 * which only the first has a header.
 */
#include "card.h"

/* All there are may be with frames that went out long ago: who has none left
 * sends nothing, and nobody else would take them back. */
static struct uk_netbuf *buffer(struct card *c)
{
	if (uk_netbuf_free_count() == 0)
		card_reap(c);
	return c->net.stopped ? NULL : uk_netbuf_alloc();
}

/* Give the card buffers to receive into, its part of them at most. */
void card_refill(struct card *c)
{
	struct uk_virtq_seg seg = { .len = UK_NETBUF_SIZE - UK_NETBUF_HEADROOM +
					   HEADER_LEN };
	struct uk_netbuf *b;

	while (c->rx.n_free > 0 &&
	       (unsigned int)(c->rx.size - c->rx.n_free) <
		       uk_netdev_rx_most()) {
		b = buffer(c);
		if (!b)
			break;
		seg.pa = b->pa + b->start - HEADER_LEN;
		if (uk_virtq_put(&c->rx, &seg, 0, 1, b) != 0) {
			uk_netbuf_free(b);
			break;
		}
	}
	if (!c->net.stopped)
		uk_virtio_tell(c->dev, RX, &c->rx);
}

/* The first buffer of a frame. The card can still write into it: each word of
 * the header is read once. False: nonsense. */
static bool begin(struct card *c, struct uk_netbuf *b, uint32_t len)
{
	const volatile struct header *h =
		(void *)(uk_netbuf_data(b) - HEADER_LEN);
	unsigned int n = c->dev->features & F_MRG_RXBUF ? h->buffers : 1;

	if (n == 0 || n > RX_PIECES)
		return false;
	if (c->dev->features & F_GUEST_CSUM)
		b->checked = !!(h->flags & (NEEDS_CSUM | DATA_VALID));
	b->len = (uint16_t)(len < HEADER_LEN ? 0 : len - HEADER_LEN);
	c->first = c->last = b;
	c->len = b->len;
	c->missing = n - 1;
	return true;
}

/* One of the others, which is full of data from where the first has the
 * header. */
static void go_on(struct card *c, struct uk_netbuf *b, uint32_t len)
{
	b->start -= HEADER_LEN;
	b->len = (uint16_t)len;
	c->last->next = b;
	c->last = b;
	c->len += len;
	c->missing--;
	/* No stack wants empty pieces: as if it were too long. */
	if (len == 0)
		c->len = UINT32_MAX / 2;
}

/* The next frame of which all has come, or NULL. */
static struct uk_netbuf *next_frame(struct card *c)
{
	struct uk_netbuf *b;
	uint32_t len;

	do {
		b = uk_virtq_get(&c->rx, &len);
		if (!b)
			return NULL;
		if (c->first) {
			go_on(c, b, len);
		} else if (!begin(c, b, len)) {
			uk_netbuf_free(b);
			card_stop(c, "a frame in no buffer, or too many");
			return NULL;
		}
	} while (c->missing > 0);
	b = c->first;
	c->first = NULL;
	return b;
}

unsigned int card_rx(struct uk_netdev *net, struct uk_netbuf **frames,
		     unsigned int n)
{
	struct card *c = card_of(net);
	unsigned int got = 0;
	struct uk_netbuf *b;

	if (net->stopped)
		return 0;
	while (got < n && (b = next_frame(c)) != NULL) {
		if (b->len < ETHER_LEN || c->len > c->rx_most) {
			net->stats.rx_bad++;
			uk_netbuf_free(b);
			continue;
		}
		net->stats.rx_frames++;
		net->stats.rx_bytes += c->len;
		frames[got++] = b;
	}
	card_check(c, &c->rx);
	if (!net->stopped)
		card_refill(c);
	return got;
}
