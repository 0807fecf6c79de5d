/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the port know of each other. */
#pragma once

#include <stdbool.h>
#include <lwip/netif.h>
#include <uk/config.h>
#include <uk/netdev.h>

/* An interface and its device. */
struct lwip_if {
	struct netif netif;
	struct uk_netdev *dev;
	ip4_addr_t told;	/* the address that was reported last */
	bool full;	/* a frame was refused: room comes with an event */

	/* offload.c: a frame under work, or NULL */
	struct uk_netbuf *held, *held_last;
	uint32_t held_len, held_next;	/* bytes; sequence number behind it */
	uint16_t held_size;	/* of each segment but the last */
	uint8_t held_pieces;
	bool held_end;		/* nothing may follow */
};

/* interface.c */
extern struct lwip_if lwip_ifs[UK_NETDEV_MAX];
extern unsigned int lwip_n_ifs;
int lwip_if_add(struct lwip_if *i, struct uk_netdev *dev);
/* Hand frames that came to lwIP, one budget of them. True: there were that
 * many. */
bool lwip_if_input(struct lwip_if *i);
/* What was sent to addresses of our own: nobody else can have changed it, and
 * its sums may have been left to the card. */
void lwip_if_loop(void);

/* share.c: what a frame that came may occupy, until it is given back. */
enum { SHARE_BUFFERS, SHARE_COPIES };	/* pieces; bytes */
#define SHARE_NONE 0xffff	/* of those without data, which count as none */
void lwip_share_init(void);
uint16_t lwip_share_of(const uint8_t *frame, unsigned int len);
bool lwip_share_take(uint16_t share, unsigned int of, uint32_t n);
void lwip_share_give(uint16_t share, unsigned int of, uint32_t n);

#ifdef CONFIG_LIBUKNETDEV_OFFLOAD
/* offload.c: like ops->tx, for a frame in one piece with headroom; it may wait
 * for more until the flush, which can say -EAGAIN. */
int lwip_offload_send(struct lwip_if *i, struct uk_netbuf *b);
int lwip_offload_flush(struct lwip_if *i);
#else
static inline int lwip_offload_send(struct lwip_if *i, struct uk_netbuf *b)
{
	return i->dev->ops->tx(i->dev, b);
}
static inline int lwip_offload_flush(struct lwip_if *i)
{
	(void)i;
	return 0;
}
#endif

/* address.c: an IPv4 address for the interface, or the way to get one. */
int lwip_address_start(struct netif *netif, bool first);

/* port.c */
void lwip_port_init(void);
/* The next sequence number that is drawn lies above *seqno; NULL: anywhere. */
void lwip_isn_above(const u32_t *seqno);

/* table.c, before lwip_init() */
void lwip_table_init(void);
/* A connection with this far end, four or sixteen bytes that nobody has
 * checked, or NULL. */
struct tcp_pcb *lwip_table_peek(const uint8_t *remote, bool v6,
				uint16_t remote_port, uint16_t local_port);
