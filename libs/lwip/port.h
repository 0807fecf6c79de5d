/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the port know of each other. */
#pragma once

#include <stdbool.h>
#include <lwip/netif.h>
#include <uk/netdev.h>

/* An interface and its device. */
struct lwip_if {
	struct netif netif;
	struct uk_netdev *dev;
	ip4_addr_t told;	/* the address that was reported last */
	bool full;	/* a frame was refused: room comes with an event */
};

/* interface.c */
extern struct lwip_if lwip_ifs[UK_NETDEV_MAX];
extern unsigned int lwip_n_ifs;
int lwip_if_add(struct lwip_if *i, struct uk_netdev *dev);
/* Hand frames that came to lwIP, one budget of them. True: there were that
 * many. */
bool lwip_if_input(struct lwip_if *i);

/* address.c: an IPv4 address for the interface, or the way to get one. */
int lwip_address_start(struct netif *netif, bool first);

/* port.c */
void lwip_port_init(void);
/* The next sequence number that is drawn lies above *seqno; NULL: anywhere. */
void lwip_isn_above(const u32_t *seqno);

/* table.c, before lwip_init() */
void lwip_table_init(void);
