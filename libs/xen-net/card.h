/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside libxen_net: a card (xen/io/netif.h of Xen's public headers). Two
 * rings, each in a page that the other end writes as well. What it writes is
 * read once, and checked.
 */
#pragma once

#include <stdbool.h>
#include <uk/netdev.h>
#include <uk/xenbus.h>

#define SLOTS 256u	/* of either ring */
#define BUFFERS 32u	/* frames on their way, in each direction */
#define TX_SIZE 2048u	/* bytes of one that goes; one that comes has a page */
#define ETHER_LEN 14u

#define MORE_DATA 4u	/* flags of a frame that comes: in another one, too */
#define EXTRA 8u

struct tx_request {
	uint32_t ref;
	uint16_t offset, flags, id, size;
};
struct tx_response {
	uint16_t id;
	int16_t status;
};
struct rx_request {
	uint16_t id, pad;
	uint32_t ref;
};
struct rx_response {
	uint16_t id, offset, flags;
	int16_t status;		/* bytes, or an error */
};

/* The start of either page. */
struct shared {
	uint32_t request_prod, request_event;
	uint32_t response_prod, response_event;
	uint8_t pad[48];
	union {
		union {
			struct tx_request request;
			struct tx_response response;
		} tx[SLOTS];
		union {
			struct rx_request request;
			struct rx_response response;
		} rx[SLOTS];
	};
};
UK_CTASSERT(sizeof(struct shared) <= UK_PAGE_SIZE);

struct queue {
	volatile struct shared *page;
	uint32_t page_ref;
	uint32_t made, told;	/* requests, and how many the other knows of */
	uint32_t taken;		/* responses */
	uint8_t *mem;		/* the buffers */
	uint32_t ref[BUFFERS];	/* of the pages they are in */
	bool theirs[BUFFERS];
	unsigned int n_theirs;
};

struct card {
	struct uk_netdev net;
	struct uk_xen_dev dev;
	uint32_t port;
	struct queue tx, rx;
	bool tx_full, skipping;
};

static inline struct card *vif_of(struct uk_netdev *net)
{
	return uk_container_of(net, struct card, net);
}

/* card.c: the other end breaks the rules of the ring: it is left alone. */
void vif_stop(struct card *c, const char *why);

/* queue.c */
void vif_refill(struct card *c);
int vif_tx(struct uk_netdev *net, struct uk_netbuf *b);
void vif_flush(struct uk_netdev *net);
unsigned int vif_rx(struct uk_netdev *net, struct uk_netbuf **frames,
		     unsigned int n);
bool vif_arm(struct uk_netdev *net);
