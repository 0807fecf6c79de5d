/* SPDX-License-Identifier: BSD-3-Clause */
/* What lwIP's sources (patches/2-table.patch) call of libs/lwip/table.c; its
 * headers include this, nobody else needs it. */
#pragma once

#include <stdint.h>
#include <uk/list.h>

struct tcp_pcb;
struct tcp_hdr;

/* In each TCP control block */
struct lwip_entry {
	struct uk_link hash;	/* by both ends; zero: in no bucket */
	struct uk_link age;	/* in TIME_WAIT: the oldest first */
	struct tcp_pcb *prev;	/* in lwIP's list, whose `next` it has */
};

/* Put pcb into one of lwIP's lists, take it out if it is there (pcb->next
 * stays). */
void lwip_table_add(struct tcp_pcb **list, struct tcp_pcb *pcb);
void lwip_table_remove(struct tcp_pcb **list, struct tcp_pcb *pcb);
/* pcb is about to be freed. */
void lwip_table_forget(struct tcp_pcb *pcb);

/* The connection that the segment under work belongs to, of those in TIME_WAIT
 * (waiting) or of all others; first the others are asked for. NULL: none. */
struct tcp_pcb *lwip_table_find(const struct tcp_hdr *hdr, int waiting);
/* A segment for pcb, in TIME_WAIT: does it open the next incarnation? Then pcb
 * is gone. */
int lwip_table_reuse(struct tcp_pcb *pcb, uint8_t flags, uint32_t seqno);
/* The one that has been in TIME_WAIT for longest, or NULL. */
struct tcp_pcb *lwip_table_oldest(void);
/* End some connections: those that their application has left (closed), or else
 * (!closed: only) ones that are half open. Have there been any? */
int lwip_table_make_room(int closed);
/* Forget what came out of order on one connection: it is sent again. Has there
 * been any? */
int lwip_table_drop_ooseq(void);
