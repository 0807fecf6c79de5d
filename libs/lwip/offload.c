/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP to a device that computes checksums and cuts segments. lwIP makes
 * segments as ever; those that follow each other on one connection are put
 * together again here, each in a buffer of its own, its headers left out, and
 * go as one frame, which the device cuts just there. The one under work waits
 * until something else is sent, or until uk_lwip_poll() is done.
 */
#include <arch/cc.h>
#include <lwip/prot/tcp.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include "port.h"

#define ETHER_LEN 14u
#define IP4_LEN 20u
#define IP6_LEN 40u
#define IP_TCP 6
#define FRAME_MOST (ETHER_LEN + 65535u)
#define SUM_AT 16u	/* the checksum in TCP's header */

/* A TCP segment of lwIP's making: where its parts begin in the frame. */
struct parts {
	uint8_t *frame;
	unsigned int tcp, data;
	bool v6;
};

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static bool is_tcp(const struct uk_netbuf *b, struct parts *s)
{
	uint8_t *p = uk_netbuf_data(b);

	s->frame = p;
	s->v6 = p[12] == 0x86;
	if (b->len < ETHER_LEN + (s->v6 ? IP6_LEN : IP4_LEN) + TCP_HLEN)
		return false;
	if (s->v6) {
		s->tcp = ETHER_LEN + IP6_LEN;
		if (p[13] != 0xdd || p[ETHER_LEN + 6] != IP_TCP)
			return false;
	} else {
		s->tcp = ETHER_LEN + IP4_LEN;
		/* No options, no fragment. */
		if (p[12] != 0x08 || p[13] != 0 || p[ETHER_LEN] != 0x45 ||
		    (p[ETHER_LEN + 6] & 0x3f) | p[ETHER_LEN + 7] ||
		    p[ETHER_LEN + 9] != IP_TCP)
			return false;
	}
	s->data = s->tcp + (p[s->tcp + 12] >> 4) * 4u;
	return s->data <= b->len;
}

/* The lengths are right: the headers' sums, of TCP's that of the pseudo header
 * only, and what the device is to do. */
static void finish(struct uk_netbuf *b, const struct parts *s, uint32_t len)
{
	uint8_t *ip = s->frame + ETHER_LEN, *sum = s->frame + s->tcp + SUM_AT;
	uint8_t words[36];
	unsigned int n = s->v6 ? 32 : 8;
	uint16_t v;

	/* Of a sum the order does not matter. */
	put16(words, IP_TCP);
	put16(words + 2, len - s->tcp);
	if (s->v6)
		memcpy(words + 4, ip + 8, 32);
	else
		memcpy(words + 4, ip + 12, 8);
	v = uk_lwip_checksum(words, (int)n + 4);
	memcpy(sum, &v, sizeof(v));
	b->sum_from = (uint16_t)s->tcp;
	b->sum_at = SUM_AT;
	if (!b->segment)
		return;
	b->head = (uint16_t)s->data;
	if (s->v6) {
		put16(ip + 4, len - s->tcp);
		return;
	}
	put16(ip + 2, len - ETHER_LEN);
	put16(ip + 10, 0);
	v = (uint16_t)~uk_lwip_checksum(ip, IP4_LEN);
	memcpy(ip + 10, &v, sizeof(v));
}

int lwip_offload_flush(struct lwip_if *i)
{
	struct uk_netbuf *b = i->held;
	struct parts s;
	int rc;

	if (!b)
		return 0;
	/* Also when there was no room the last time: it may have grown. */
	if (is_tcp(b, &s))
		finish(b, &s, i->held_len);
	rc = i->dev->ops->tx(i->dev, b);
	if (rc == -EAGAIN)
		return rc;
	if (rc)
		uk_netbuf_free(b);
	i->held = NULL;
	return rc;
}

/* All but lengths, sequence number, identification, sums, PSH and FIN. */
static bool same_headers(const struct parts *a, const struct parts *b)
{
	const uint8_t *p = a->frame, *q = b->frame;
	const uint8_t *t = p + a->tcp, *u = q + b->tcp;

	return a->v6 == b->v6 && a->data == b->data &&
	       !memcmp(p, q, ETHER_LEN + (a->v6 ? 4 : 2)) &&
	       (a->v6 ? !memcmp(p + 20, q + 20, 34)
		      : !memcmp(p + 20, q + 20, 4) &&
			!memcmp(p + 26, q + 26, 8)) &&
	       !memcmp(t, u, 4) && !memcmp(t + 8, u + 8, 5) &&
	       !((t[13] ^ u[13]) & ~(TCP_PSH | TCP_FIN)) &&
	       !memcmp(t + 14, u + 14, 2) &&
	       !memcmp(t + 18, u + 18, a->data - a->tcp - 18);
}

/* Does the segment follow what is held? Then it does so from now on. */
static bool joined(struct lwip_if *i, struct uk_netbuf *b,
		   const struct parts *s)
{
	struct uk_netbuf *first = i->held;
	unsigned int n = b->len - s->data;
	struct parts f;

	if (!first || i->held_end || n == 0 || n > i->held_size ||
	    i->held_pieces >= i->dev->pieces ||
	    i->held_len + n > FRAME_MOST || !is_tcp(first, &f) ||
	    get32(s->frame + s->tcp + 4) != i->held_next ||
	    !same_headers(&f, s))
		return false;
	f.frame[f.tcp + 13] |= s->frame[s->tcp + 13];
	i->held_end = n < i->held_size ||
		      f.frame[f.tcp + 13] & (TCP_PSH | TCP_FIN);
	first->segment = i->held_size;
	b->start = (uint16_t)(b->start + s->data);
	b->len = (uint16_t)n;
	i->held_last->next = b;
	i->held_last = b;
	i->held_len += n;
	i->held_pieces++;
	i->held_next += n;
	return true;
}

static void hold(struct lwip_if *i, struct uk_netbuf *b, const struct parts *s)
{
	i->held = i->held_last = b;
	i->held_len = b->len;
	i->held_size = (uint16_t)(b->len - s->data);
	i->held_pieces = 1;
	i->held_next = get32(s->frame + s->tcp + 4) + i->held_size;
	i->held_end = false;
}

int lwip_offload_send(struct lwip_if *i, struct uk_netbuf *b)
{
	struct parts s;
	bool tcp = i->dev->can & UK_NETDEV_SUM && is_tcp(b, &s);
	int rc;

	if (tcp && joined(i, b, &s))
		return 0;
	rc = lwip_offload_flush(i);
	if (rc)
		return rc;
	if (!tcp)
		return i->dev->ops->tx(i->dev, b);
	if (i->dev->can & (s.v6 ? UK_NETDEV_TSO6 : UK_NETDEV_TSO4) &&
	    b->len > s.data && s.frame[s.tcp + 13] == TCP_ACK) {
		hold(i, b, &s);
		return 0;
	}
	finish(b, &s, b->len);
	return i->dev->ops->tx(i->dev, b);
}
