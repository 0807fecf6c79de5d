/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Echo requests (RFC 792, RFC 4443). Raw protocols see packets before lwIP has
 * looked at more than their IP header: checksum, identifier and every byte of
 * an answer are compared here.
 */
#include <errno.h>
#include <lwip/icmp.h>
#include <lwip/inet_chksum.h>
#include <lwip/ip.h>
#include <lwip/prot/icmp6.h>
#include <lwip/raw.h>
#include <stdio.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include <uk/time.h>
#include "echo.h"

#define WINDOW 256u		/* requests that can be open */
#define HEADER 8u
#define SUM_AT 2
#define ICMP6 58
#define SOURCE_NS (30 * UK_NSEC_PER_SEC)

struct head {
	uint8_t type, code;
	uint16_t sum, id, seq;
};

static struct {
	ip_addr_t to;
	const struct options *o;
	struct summary *s;
	uint16_t id;
	uint64_t at[WINDOW];	/* when it went; 0: never */
	bool answered[WINDOW];
} run;

static uint8_t content(uint32_t seq, uint32_t i)
{
	return (uint8_t)(seq * 31 + i);
}

static bool is_ours(struct pbuf *p, u16_t skip, struct head *h)
{
	bool v6 = IP_IS_V6(&run.to);

	return ip_addr_eq(ip_current_src_addr(), &run.to) &&
	       pbuf_copy_partial(p, h, HEADER, skip) == HEADER &&
	       h->type == (v6 ? ICMP6_TYPE_EREP : ICMP_ER) && h->code == 0 &&
	       h->id == run.id;
}

/* p without its IP header: is each bit as it was sent? */
static bool is_whole(struct pbuf *p, uint32_t seq)
{
	uint16_t sum;
	uint32_t i;

#if LWIP_IPV6
	if (IP_IS_V6(&run.to))
		sum = ip6_chksum_pseudo(p, ICMP6, p->tot_len,
					ip6_current_src_addr(),
					ip6_current_dest_addr());
	else
#endif
		sum = inet_chksum_pbuf(p);
	if (sum || p->tot_len != HEADER + run.o->size)
		return false;
	for (i = 0; i < run.o->size; i++)
		if (pbuf_get_at(p, (u16_t)(HEADER + i)) != content(seq, i))
			return false;
	return true;
}

static unsigned int hops(void)
{
#if LWIP_IPV6
	if (IP_IS_V6(&run.to))
		return IP6H_HOPLIM(ip6_current_header());
#endif
	return IPH_TTL(ip4_current_header());
}

static void answered(struct pbuf *p, uint32_t number)
{
	uint64_t at = run.at[number % WINDOW];
	uint64_t us = (uk_time_ns() - at) / UK_NSEC_PER_USEC;
	bool again = run.answered[number % WINDOW];

	if (again)
		run.s->duplicates++;
	else
		summary_add(run.s, us);
	run.answered[number % WINDOW] = true;
	printf("%u bytes from %s: icmp_seq=%u ttl=%u time=%llu.%03llu ms%s\n",
	       p->tot_len, run.o->address, (unsigned int)number,
	       hops(), (unsigned long long)us / 1000,
	       (unsigned long long)us % 1000, again ? " (DUP!)" : "");
}

/* 1: the packet was ours, and is gone. */
static u8_t received(void *arg UK_UNUSED, struct raw_pcb *pcb UK_UNUSED,
		     struct pbuf *p, const ip_addr_t *addr UK_UNUSED)
{
	u16_t skip = ip_current_header_tot_len();
	struct head h;
	uint32_t number;

	if (!is_ours(p, skip, &h))
		return 0;
	/* Which of those that can be open has these 16 bits? */
	number = run.s->sent - (uint16_t)((uint16_t)run.s->sent -
					  lwip_ntohs(h.seq));
	pbuf_remove_header(p, skip);
	if (run.s->sent - number >= WINDOW || number == 0)
		puts("ping: an answer to no request of ours");
	else if (!is_whole(p, number))
		printf("ping: icmp_seq=%u: damaged\n", (unsigned int)number);
	else
		answered(p, number);
	pbuf_free(p);
	return 1;
}

static void send(struct raw_pcb *pcb)
{
	uint32_t number = ++run.s->sent, i;
	struct head h = {
		.type = IP_IS_V6(&run.to) ? ICMP6_TYPE_EREQ : ICMP_ECHO,
		.id = run.id,
		.seq = lwip_htons((uint16_t)number),
	};
	struct pbuf *p;

	run.at[number % WINDOW] = uk_time_ns();
	run.answered[number % WINDOW] = false;
	p = pbuf_alloc(PBUF_IP, (u16_t)(HEADER + run.o->size), PBUF_RAM);
	/* One that finds no memory is one that gets no answer. */
	if (!p)
		return;
	for (i = 0; i < run.o->size; i++)
		((uint8_t *)p->payload)[HEADER + i] = content(number, i);
	memcpy(p->payload, &h, HEADER);
	if (!IP_IS_V6(&run.to)) {
		h.sum = inet_chksum_pbuf(p);
		memcpy(p->payload, &h, HEADER);
	}
	(void)raw_sendto(pcb, p, &run.to);
	pbuf_free(p);
}

/* Can an address of ours be the sender's? One of the link only, which is there
 * first, not for who is further away. */
static bool has_source(void)
{
	struct netif *netif = ip_route(IP_ANY_TYPE, &run.to);
	const ip_addr_t *a = NULL;

	if (netif)
		a = ip_netif_get_local_ip(netif, &run.to);
	return a && (!IP_IS_V6(a) || ip_addr_islinklocal(&run.to) ||
		     !ip_addr_islinklocal(a));
}

static bool wait_for_source(void)
{
	uint64_t until = uk_time_ns() + SOURCE_NS;

	for (;;) {
		if (has_source())
			return true;
		if (uk_time_ns() >= until)
			return false;
		uk_lwip_wait(UK_MIN(until, uk_time_ns() +
						   100 * UK_NSEC_PER_MSEC));
	}
}

static struct raw_pcb *open_pcb(void)
{
	struct raw_pcb *pcb;

	if (!IP_IS_V6(&run.to)) {
		pcb = raw_new_ip_type(IPADDR_TYPE_V4, IP_PROTO_ICMP);
	} else {
		pcb = raw_new_ip_type(IPADDR_TYPE_V6, ICMP6);
#if LWIP_IPV6
		if (pcb) {
			pcb->chksum_reqd = 1;
			pcb->chksum_offset = SUM_AT;
		}
#endif
	}
	if (pcb)
		raw_recv(pcb, received, NULL);
	return pcb;
}

/* All that were sent have an answer. */
static bool complete(void)
{
	return run.s->received == run.s->sent;
}

int echo_run(const ip_addr_t *to, const struct options *o, struct summary *s)
{
	struct raw_pcb *pcb;
	uint64_t began, next, end;

	run.to = *to;
	run.o = o;
	run.s = s;
	run.id = (uint16_t)LWIP_RAND();
	if (!wait_for_source())
		return -EHOSTUNREACH;
	pcb = open_pcb();
	if (!pcb)
		return -ENOMEM;
	began = uk_time_ns();
	for (next = began; !o->count || s->sent < o->count;
	     next += o->interval_ns) {
		while (uk_time_ns() < next)
			uk_lwip_wait(next);
		send(pcb);
	}
	end = uk_time_ns() + o->patience_ns;
	while (!complete() && uk_time_ns() < end)
		uk_lwip_wait(end);
	s->ms = (uk_time_ns() - began) / UK_NSEC_PER_MSEC;
	raw_remove(pcb);
	return 0;
}
