/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames that go, a header in front of each. */
#include <uk/errno.h>
#include "card.h"

/* Take back what was sent. */
void card_reap(struct card *c)
{
	struct uk_netbuf *b;
	uint32_t len;

	while ((b = uk_virtq_get(&c->tx, &len)) != NULL) {
		c->tx_full = false;
		uk_netbuf_free(b);
	}
	card_check(c, &c->tx);
}

/* What the card is to do to this frame. */
static void put_header(const struct uk_netbuf *b)
{
	const uint8_t *p = uk_netbuf_data(b);
	struct header *h = (void *)(uk_netbuf_data(b) - HEADER_LEN);

	*h = (struct header){ 0 };
	if (!b->sum_at)
		return;
	h->flags = NEEDS_CSUM;
	h->sum_from = b->sum_from;
	h->sum_at = b->sum_at;
	if (!b->segment)
		return;
	h->kind = p[12] == 0x08 ? KIND_TCP4 : KIND_TCP6;
	h->head = b->head;
	h->segment = b->segment;
}

int card_tx(struct uk_netdev *net, struct uk_netbuf *b)
{
	struct card *c = card_of(net);
	struct uk_virtq_seg seg[TX_PIECES];
	const struct uk_netbuf *piece;
	unsigned int n = 0;
	uint32_t len = 0;

	if (!net->stopped)
		card_reap(c);
	if (net->stopped)
		return -EIO;
	for (piece = b; piece; piece = piece->next) {
		if (n == net->pieces)
			return -EINVAL;
		seg[n].pa = piece->pa + piece->start;
		seg[n++].len = piece->len;
		len += piece->len;
	}
	put_header(b);
	seg[0].pa -= HEADER_LEN;
	seg[0].len += HEADER_LEN;
	if (uk_virtq_put(&c->tx, seg, n, 0, b) != 0) {
		uk_virtio_tell(c->dev, TX, &c->tx);
		c->tx_full = true;
		net->stats.tx_full++;
		return -EAGAIN;
	}
	net->stats.tx_frames++;
	net->stats.tx_bytes += len;
	return 0;
}
