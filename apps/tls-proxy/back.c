/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The upstream's side: one of several, the next where one does not answer; and
 * the PROXY protocol (version 2, by its specification of 2020), which tells it
 * who the client is and what it asked for.
 */
#include <string.h>
#include <uk/essentials.h>
#include "proxy.h"

#define PP2_PROXY 0x21		/* version 2, command PROXY */
#define PP2_TCP4 0x11
#define PP2_TCP6 0x21
#define PP2_TYPE_ALPN 0x01
#define PP2_TYPE_AUTHORITY 0x02

static uint8_t *put(uint8_t *p, const void *data, size_t n)
{
	memcpy(p, data, n);
	return p + n;
}

static uint8_t *put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
	return p + 2;
}

static uint8_t *put_text(uint8_t *p, uint8_t type, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n == 0)
		return p;
	*p++ = type;
	return put(put16(p, (unsigned int)n), text, n);
}

static uint8_t *put_ends(uint8_t *p, const struct tcp_pcb *pcb)
{
#if LWIP_IPV6
	if (IP_IS_V6(&pcb->remote_ip)) {
		p = put(p, ip_2_ip6(&pcb->remote_ip)->addr, 16);
		p = put(p, ip_2_ip6(&pcb->local_ip)->addr, 16);
	} else
#endif
	{
		p = put(p, &ip_2_ip4(&pcb->remote_ip)->addr, 4);
		p = put(p, &ip_2_ip4(&pcb->local_ip)->addr, 4);
	}
	return put16(put16(p, pcb->remote_port), pcb->local_port);
}

/* 16 + 36 + 2 * 3 + two texts that are shorter than 256 bytes each fit into
 * plain[], which is empty before anything was read. */
static void announce(struct conn *c)
{
	static const uint8_t signature[12] = "\r\n\r\n\0\r\nQUIT\n";
	const struct tcp_pcb *pcb = c->front.pcb;
	const char *alpn = mbedtls_ssl_get_alpn_protocol(&c->tls.ssl);
	uint8_t *p = put(c->plain, signature, sizeof(signature)), *len;

	*p++ = PP2_PROXY;
	*p++ = IP_IS_V6(&pcb->remote_ip) ? PP2_TCP6 : PP2_TCP4;
	len = p;
	p = put_ends(p + 2, pcb);
	p = put_text(p, PP2_TYPE_ALPN, alpn);
	if (strcmp(c->server->name, "default") != 0)
		p = put_text(p, PP2_TYPE_AUTHORITY, c->server->name);
	put16(len, (unsigned int)(p - len - 2));
	c->plain_at = 0;
	c->plain_len = (uint16_t)(p - c->plain);
}

static err_t connected(void *arg, struct tcp_pcb *pcb UK_UNUSED, err_t err)
{
	const struct uk_stream *s = arg;
	struct conn *c = s->arg;

	if (err == ERR_OK) {
		c->state = CONN_OPEN;
		c->deadline = clock_s() + config.idle_s;
	}
	conn_touch(c);
	return ERR_OK;
}

/* Called again where the one before was lost. */
int back_connect(struct conn *c)
{
	struct server *s = c->server;
	struct upstream *u;
	struct tcp_pcb *pcb;

	if (c->tried > 0)
		counters.upstream_failed++;
	while (c->tried++ < s->n_up) {
		u = &s->up[s->next_up++ % s->n_up];
		pcb = tcp_new_ip_type(IP_GET_TYPE(&u->ip));
		if (!pcb)
			return -1;
		uk_stream_open(&c->back, pcb, conn_touch, c);
		if (tcp_connect(pcb, &u->ip, u->port,
				connected) == ERR_OK) {
			c->deadline = clock_s() + config.connect_s;
			if (s->proxy2)
				announce(c);
			return 0;
		}
		uk_stream_close(&c->back, true);
		counters.upstream_failed++;
	}
	return -1;
}
