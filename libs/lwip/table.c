/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The TCP connections there are: found by a keyed hash of their far end, so
 * that nobody can choose ports that all meet in one chain; taken out of lwIP's
 * lists without a walk; and who has to go when there is no room for one more.
 */
#include <lwip/ip.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/prot/tcp.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/swrand.h>
#include "port.h"
#include "siphash.h"

/* The next power of two */
#define SPREAD1(n) ((n) | (n) >> 1)
#define SPREAD2(n) (SPREAD1(n) | SPREAD1(n) >> 2)
#define SPREAD4(n) (SPREAD2(n) | SPREAD2(n) >> 4)
#define SPREAD8(n) (SPREAD4(n) | SPREAD4(n) >> 8)
#define BUCKETS (SPREAD8(MEMP_NUM_TCP_PCB - 1) + 1)

/* Ended at once when there is no room, so that the walk for them is paid by as
 * many newcomers. */
#define BATCH 8

static struct uk_link buckets[BUCKETS];
static struct uk_link waiting;
static uint64_t key[2];
static struct uk_link *asked;	/* the bucket of the segment under work */

void lwip_table_init(void)
{
	unsigned int i;

	uk_swrand_fill(key, sizeof(key));
	uk_list_init(&waiting);
	for (i = 0; i < BUCKETS; i++)
		uk_list_init(&buckets[i]);
}

static struct uk_link *bucket(const void *remote, bool v6, u16_t remote_port,
			      u16_t local_port)
{
	static uint64_t last[3];
	static struct uk_link *found;
	uint64_t words[3] = { (uint64_t)local_port << 16 | remote_port };
	uint32_t v4;

	if (v6) {
		memcpy(words + 1, remote, 16);
	} else {
		memcpy(&v4, remote, sizeof(v4));
		words[0] |= (uint64_t)v4 << 32;
	}
	/* A segment is asked for more than once. */
	if (!found || words[0] != last[0] || words[1] != last[1] ||
	    words[2] != last[2]) {
		memcpy(last, words, sizeof(last));
		found = &buckets[lwip_siphash(key, words, v6 ? 3 : 1) %
				 BUCKETS];
	}
	return found;
}

static struct uk_link *bucket_of(const ip_addr_t *remote, u16_t remote_port,
				 u16_t local_port)
{
#if LWIP_IPV6
	if (IP_IS_V6(remote))
		return bucket(ip_2_ip6(remote)->addr, true, remote_port,
			      local_port);
#endif
	return bucket(&ip_2_ip4(remote)->addr, false, remote_port, local_port);
}

struct tcp_pcb *lwip_table_peek(const uint8_t *remote, bool v6,
				uint16_t remote_port, uint16_t local_port)
{
	struct uk_link *b = bucket(remote, v6, remote_port, local_port);
	struct tcp_pcb *pcb;

	uk_list_for_each(pcb, b, entry.hash)
		if (pcb->remote_port == remote_port &&
		    pcb->local_port == local_port &&
		    IP_IS_V6(&pcb->remote_ip) == v6 &&
		    !memcmp(&pcb->remote_ip, remote, v6 ? 16 : 4))
			return pcb;
	return NULL;
}

void lwip_table_add(struct tcp_pcb **list, struct tcp_pcb *pcb)
{
	pcb->next = *list;
	pcb->entry.prev = NULL;
	if (*list)
		(*list)->entry.prev = pcb;
	*list = pcb;
	if (list == &tcp_tw_pcbs)
		uk_list_add_tail(&waiting, &pcb->entry.age);
	else if (list == &tcp_active_pcbs)
		uk_list_add(bucket_of(&pcb->remote_ip, pcb->remote_port,
				      pcb->local_port), &pcb->entry.hash);
}

/* Of the list of those that listen, which lwIP sorts by itself. */
static struct tcp_pcb *before(struct tcp_pcb *first, const struct tcp_pcb *pcb)
{
	for (; first && first->next != pcb; first = first->next)
		;
	return first;
}

void lwip_table_remove(struct tcp_pcb **list, struct tcp_pcb *pcb)
{
	bool sorted = list == &tcp_listen_pcbs.pcbs;
	struct tcp_pcb *prev = pcb->entry.prev;

	if (sorted)
		prev = *list == pcb ? NULL : before(*list, pcb);
	/* One that is closed in its own callback, with data unread, is taken
	 * out there and once more when the segment is done with. */
	if (!prev && *list != pcb)
		return;
	if (unlikely(prev && prev->next != pcb))
		UK_CRASH("a TCP connection is not where it should be");
	if (prev)
		prev->next = pcb->next;
	else
		*list = pcb->next;
	if (pcb->next)
		pcb->next->entry.prev = prev;
	pcb->entry.prev = NULL;
	if (list == &tcp_tw_pcbs)
		uk_list_del(&pcb->entry.age);
}

void lwip_table_forget(struct tcp_pcb *pcb)
{
	if (pcb->entry.hash.next)
		uk_list_del(&pcb->entry.hash);
}

struct tcp_pcb *lwip_table_find(const struct tcp_hdr *hdr, int in_time_wait)
{
	struct tcp_pcb *pcb;

	if (!in_time_wait) {
		lwip_isn_above(NULL);
		asked = bucket_of(ip_current_src_addr(), hdr->src, hdr->dest);
	}
	uk_list_for_each(pcb, asked, entry.hash)
		if (pcb->remote_port == hdr->src &&
		    pcb->local_port == hdr->dest &&
		    (pcb->state == TIME_WAIT) == !!in_time_wait &&
		    ip_addr_eq(&pcb->remote_ip, ip_current_src_addr()) &&
		    ip_addr_eq(&pcb->local_ip, ip_current_dest_addr()))
			return pcb;
	return NULL;
}

/*
 * RFC 6191 for a connection without timestamps: a SYN beyond all that the old
 * incarnation saw is a new one. Ours begins beyond all that the old one sent.
 */
int lwip_table_reuse(struct tcp_pcb *pcb, uint8_t flags, uint32_t seqno)
{
	if ((flags & (TCP_SYN | TCP_ACK | TCP_RST)) != TCP_SYN ||
	    TCP_SEQ_LT(seqno, pcb->rcv_nxt))
		return 0;
	lwip_isn_above(&pcb->snd_nxt);
	tcp_pcb_remove(&tcp_tw_pcbs, pcb);
	tcp_free(pcb);
	return 1;
}

struct tcp_pcb *lwip_table_oldest(void)
{
	return uk_list_empty(&waiting) ? NULL :
	       uk_list_entry(waiting.next, struct tcp_pcb, entry.age);
}

/* Nobody waits for what this connection still has to do. */
static bool is_left(const struct tcp_pcb *pcb)
{
	switch (pcb->state) {
	case LAST_ACK:
	case CLOSING:
		return true;
	case FIN_WAIT_1:
	case FIN_WAIT_2:
		return pcb->flags & TF_RXCLOSED;
	default:
		return false;
	}
}

static bool is_half_open(const struct tcp_pcb *pcb)
{
	return pcb->state == SYN_RCVD;
}

/* The longest idle ones of a kind, at most BATCH of them, are ended. */
static int end_some(bool (*kind)(const struct tcp_pcb *pcb))
{
	struct tcp_pcb *found[BATCH], *pcb;
	unsigned int n = 0, i;

	for (pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
		if (!kind(pcb))
			continue;
		if (n < BATCH)
			n++;
		else if (pcb->tmr - found[n - 1]->tmr < 1u << 31)
			continue;
		/* In order: the one that is idle for longest first. */
		for (i = n - 1; i > 0 && found[i - 1]->tmr - pcb->tmr - 1 <
						 1u << 31; i--)
			found[i] = found[i - 1];
		found[i] = pcb;
	}
	for (i = 0; i < n; i++)
		tcp_abandon(found[i], 0);
	return n > 0;
}

int lwip_table_drop_ooseq(void)
{
	struct tcp_pcb *pcb;

	for (pcb = tcp_active_pcbs; pcb; pcb = pcb->next)
		if (pcb->ooseq) {
			tcp_free_ooseq(pcb);
			return 1;
		}
	return 0;
}

int lwip_table_make_room(int closed)
{
	return (closed && end_some(is_left)) || end_some(is_half_open);
}
