/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who holds how much of what came in. Each connection has a number of its own.
 * What belongs to none shares a few numbers, and what one may hold; who shares
 * one with whom, nobody outside can tell.
 */
#include <lwip/opt.h>
#include <lwip/priv/memp_priv.h>
#include <lwip/prot/ethernet.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/tcp.h>
#include <lwip/tcp.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/swrand.h>
#include "port.h"

#define ETHER_LEN 14u
#define IP6_LEN 40u
#define TCP 6
#define UDP 17
#define IP6_FRAGMENT 44
#define OTHERS 64
#define SHARES (OTHERS + MEMP_NUM_TCP_PCB)

static uint64_t key[3] UK_RO_AFTER_INIT_ZERO;
static uint32_t held[2][SHARES], all[2];
static const uint32_t most[2] = {
	[SHARE_BUFFERS] = LWIP_SHARED_BUFFERS,
	[SHARE_COPIES] = LWIP_SHARED_COPIES,
};

void lwip_share_init(void)
{
	unsigned int i;

	uk_swrand_fill(key, sizeof(key));
	for (i = 0; i < UK_ARRAY_SIZE(key); i++)
		key[i] |= 1;
}

bool lwip_share_take(uint16_t share, unsigned int of, uint32_t n)
{
	if (share == SHARE_NONE)
		return of == SHARE_BUFFERS;
	/* No more than what it leaves to others: alone half of all, one of k
	 * the (k + 1)th part, and who has nothing yet always finds some. */
	if (held[of][share] + n > most[of] - all[of])
		return false;
	all[of] += n;
	held[of][share] += n;
	return true;
}

void lwip_share_give(uint16_t share, unsigned int of, uint32_t n)
{
	if (share == SHARE_NONE)
		return;
	all[of] -= n;
	held[of][share] -= n;
}

static unsigned int be16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

static uint64_t word(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Keyed: the far address (and ours, of IPv6 the far one only), both ports. */
static uint16_t number(const uint8_t *from, bool v6, uint32_t ports)
{
	uint64_t v = word(from) * key[0] + ports * key[1];

	if (v6)
		v += word(from + 8) * key[2];
	return (uint16_t)(v >> 58);
}

/* The place of a connection in lwIP's pool. A later one there has the same
 * number, and with it what the one before has left to its application. */
static uint16_t number_of(const struct tcp_pcb *pcb)
{
	const uint8_t *first = LWIP_MEM_ALIGN(memp_pools[MEMP_TCP_PCB]->base);

	return (uint16_t)(OTHERS + (size_t)((const uint8_t *)pcb - first) /
			  LWIP_MEM_ALIGN_SIZE(sizeof(*pcb)));
}

/* Only a guess, made from words that nobody has checked: it decides where the
 * frame may lie. */
uint16_t lwip_share_of(const uint8_t *p, unsigned int len)
{
	unsigned int kind = be16(p + 12), head, total, proto;
	bool v6 = kind == ETHTYPE_IPV6;
	const struct tcp_pcb *pcb;
	const uint8_t *from;
	uint32_t ports = 0;

	if (kind == ETHTYPE_IP && len >= ETHER_LEN + IP_HLEN) {
		head = ETHER_LEN + (p[14] & 15) * 4u;
		total = ETHER_LEN + be16(p + 16);
		proto = be16(p + 20) & 0x3fff ? IP6_FRAGMENT : p[23];
		from = p + 26;
	} else if (v6 && len >= ETHER_LEN + IP6_LEN) {
		head = ETHER_LEN + IP6_LEN;
		total = head + be16(p + 18);
		proto = p[20];
		from = p + 22;
	} else {
		return SHARE_NONE;
	}
	if (proto == TCP && len >= head + TCP_HLEN &&
	    total <= head + (p[head + 12] >> 4) * 4u)
		return SHARE_NONE;
	if (proto != TCP && proto != UDP && proto != IP6_FRAGMENT)
		return SHARE_NONE;
	if (proto == IP6_FRAGMENT || len < head + sizeof(ports))
		return number(from, v6, 0);
	pcb = proto != TCP ? NULL :
	      lwip_table_peek(from, v6, (uint16_t)be16(p + head),
			      (uint16_t)be16(p + head + 2));
	if (pcb)
		return number_of(pcb);
	memcpy(&ports, p + head, sizeof(ports));
	return number(from, v6, ports);
}
