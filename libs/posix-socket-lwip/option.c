/* SPDX-License-Identifier: BSD-3-Clause */
/* Options that lwIP acts upon, by Linux' numbers. */
#include <uk/errno.h>
#include "tcp.h"

#define SOL_IP 0
#define SOL_TCP 6

enum { IP_TOS = 1, IP_TTL = 2 };
enum { IPV6_UNICAST_HOPS = 16, IPV6_TCLASS = 67 };
enum {
	TCP_NO_DELAY = 1, TCP_MAXSEG = 2, TCP_KEEP_IDLE = 4,
	TCP_KEEP_INTVL = 5, TCP_KEEP_CNT = 6, TCP_DEFER_ACCEPT = 9,
	TCP_QUICKACK = 12,
};
#define BYTE_MOST 255
#define MS_MOST (INT32_MAX / 1000)	/* in seconds */

/* Which byte of the pcb, and from where on values are good. -1: none. */
static u8_t *byte_of(struct ip_pcb *pcb, int level, int name, int *least)
{
	*least = 0;
	if ((level == SOL_IP && name == IP_TOS) ||
	    (level == IPV6_LEVEL && name == IPV6_TCLASS))
		return &pcb->tos;
	*least = 1;
	if ((level == SOL_IP && name == IP_TTL) ||
	    (level == IPV6_LEVEL && name == IPV6_UNICAST_HOPS))
		return &pcb->ttl;
	return NULL;
}

/* The bit of so_options; 0: none. */
static u8_t bit_of(int level, int name)
{
	if (level != UK_SOL_SOCKET)
		return 0;
	switch (name) {
	case UK_SO_REUSEADDR:
	case UK_SO_REUSEPORT:
		return SOF_REUSEADDR;
	case UK_SO_KEEPALIVE:
		return SOF_KEEPALIVE;
	case UK_SO_BROADCAST:
		return SOF_BROADCAST;
	default:
		return 0;
	}
}

int inet_set(struct ip_pcb *pcb, int level, int name, int value)
{
	u8_t bit = bit_of(level, name), *byte;
	int least;

	if (bit) {
		if (value)
			ip_set_option(pcb, bit);
		else
			ip_reset_option(pcb, bit);
		return 0;
	}
	/* Sizes are the menu's: what is asked for is a hint. */
	if (level == UK_SOL_SOCKET &&
	    (name == UK_SO_SNDBUF || name == UK_SO_RCVBUF))
		return 0;
	byte = byte_of(pcb, level, name, &least);
	if (!byte)
		return -ENOPROTOOPT;
	if (value < least || value > BYTE_MOST)
		return -EINVAL;
	*byte = (u8_t)value;
	return 0;
}

int inet_get(const struct ip_pcb *pcb, int level, int name, int *value)
{
	u8_t bit = bit_of(level, name), *byte;
	int least;

	if (bit) {
		*value = !!ip_get_option(pcb, bit);
		return 0;
	}
	byte = byte_of((struct ip_pcb *)(uintptr_t)pcb, level, name, &least);
	if (!byte)
		return -ENOPROTOOPT;
	*value = *byte;
	return 0;
}

/* ---- of TCP ------------------------------------------------------------ */

static int set_no_delay(struct tcp *t, bool on)
{
	t->nodelay = on;
	if (t->sock.listening || !t->pcb)
		return 0;
	if (on)
		tcp_nagle_disable(t->pcb);
	else
		tcp_nagle_enable(t->pcb);
	return 0;
}

static int set_keep(struct tcp_pcb *pcb, int name, int value)
{
	if (value < 1 || value > MS_MOST)
		return -EINVAL;
	if (name == TCP_KEEP_IDLE)
		pcb->keep_idle = (u32_t)value * 1000;
	else if (name == TCP_KEEP_INTVL)
		pcb->keep_intvl = (u32_t)value * 1000;
	else
		pcb->keep_cnt = (u32_t)value;
	return 0;
}

int tcp_set(struct uk_socket *s, int level, int name, int value)
{
	struct tcp *t = tcp_of(s);
	int rc;

	if (level == SOL_TCP && name == TCP_NO_DELAY)
		return set_no_delay(t, value);
	if (level == SOL_TCP &&
	    (name == TCP_DEFER_ACCEPT || name == TCP_QUICKACK))
		return 0;	/* hints */
	if (!t->pcb)
		return -EINVAL;	/* the connection is gone */
	if (level == IPV6_LEVEL && name == IPV6_V6ONLY) {
		rc = t->bound || t->connected || s->connecting ? -EINVAL :
			inet_set_one(s->family, (struct ip_pcb *)t->pcb, value);
		if (!rc)
			t->one = value;
		return rc;
	}
	if (level != SOL_TCP)
		return inet_set((struct ip_pcb *)t->pcb, level, name, value);
	if (name < TCP_KEEP_IDLE || name > TCP_KEEP_CNT)
		return -ENOPROTOOPT;
	return s->listening ? -EINVAL : set_keep(t->pcb, name, value);
}

static int get_tcp(const struct tcp *t, int name, int *value)
{
	const struct tcp_pcb *pcb = t->pcb;

	if (name == TCP_NO_DELAY) {
		*value = t->nodelay;
		return 0;
	}
	if (!pcb || t->sock.listening)
		return -EINVAL;
	if (name == TCP_MAXSEG)
		*value = pcb->mss;
	else if (name == TCP_KEEP_IDLE)
		*value = (int)(pcb->keep_idle / 1000);
	else if (name == TCP_KEEP_INTVL)
		*value = (int)(pcb->keep_intvl / 1000);
	else if (name == TCP_KEEP_CNT)
		*value = (int)pcb->keep_cnt;
	else
		return -ENOPROTOOPT;
	return 0;
}

int tcp_get(struct uk_socket *s, int level, int name, int *value)
{
	struct tcp *t = tcp_of(s);

	if (level == SOL_TCP)
		return get_tcp(t, name, value);
	if (level == IPV6_LEVEL && name == IPV6_V6ONLY) {
		*value = t->one;
		return s->family == UK_AF_INET6 ? 0 : -ENOPROTOOPT;
	}
	if (level == UK_SOL_SOCKET && name == UK_SO_SNDBUF)
		*value = TCP_SND_BUF;
	else if (level == UK_SOL_SOCKET && name == UK_SO_RCVBUF)
		*value = TCP_WND;
	else
		return t->pcb ? inet_get((struct ip_pcb *)t->pcb, level, name,
					 value) : -EINVAL;
	return 0;
}
