/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukvirtio_net: a card (virtio 1.2, section 5.1). */
#pragma once

#include <uk/netdev.h>
#include <uk/virtio.h>

#define RX 0
#define TX 1

#define F_CSUM (1ull << 0)
#define F_GUEST_CSUM (1ull << 1)
#define F_MTU (1ull << 3)
#define F_MAC (1ull << 5)
#define F_GUEST_TSO4 (1ull << 7)
#define F_GUEST_TSO6 (1ull << 8)
#define F_HOST_TSO4 (1ull << 11)
#define F_HOST_TSO6 (1ull << 12)
#define F_MRG_RXBUF (1ull << 15)

/* In front of every frame */
struct header {
	uint8_t flags, kind;
	uint16_t head, segment;
	uint16_t sum_from, sum_at;
	uint16_t buffers;
};
#define HEADER_LEN 12u
UK_CTASSERT(sizeof(struct header) == HEADER_LEN);

#define NEEDS_CSUM 1u
#define DATA_VALID 2u
#define KIND_NONE 0
#define KIND_TCP4 1
#define KIND_TCP6 4

#define ETHER_LEN 14u
/* A large frame that is sent: 16 KiB. One that comes: 64 KiB. */
#define TX_PIECES 11
#define RX_PIECES 33u

struct card {
	struct uk_netdev net;
	struct uk_virtio_dev *dev;
	struct uk_virtq rx, tx;
	bool tx_full;
	uint32_t rx_most;	/* bytes of a frame that is taken */
	/* A frame of which not all buffers have come yet */
	struct uk_netbuf *first, *last;
	unsigned int missing;
	uint32_t len;
};

static inline struct card *card_of(struct uk_netdev *net)
{
	return uk_container_of(net, struct card, net);
}

/* card.c: stop the card if the device of this queue lied, or for this. */
void card_check(struct card *c, const struct uk_virtq *q);
void card_stop(struct card *c, const char *why);

/* receive.c */
void card_refill(struct card *c);
unsigned int card_rx(struct uk_netdev *net, struct uk_netbuf **frames,
		     unsigned int n);

/* send.c */
void card_reap(struct card *c);
int card_tx(struct uk_netdev *net, struct uk_netbuf *b);
