/* SPDX-License-Identifier: BSD-3-Clause */
/* Clients, from their handshake to their end: what they say is said to them. */
#include <lwip/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uk/essentials.h>
#include <uk/list.h>
#include <uk/tls.h>
#include "client.h"

#define MOST 16			/* at once */
#define PATIENCE 60		/* seconds, for a handshake and for a byte */

struct client {
	struct uk_link link;
	struct uk_stream tcp;
	struct uk_tls tls;
	bool open, touched;
	unsigned int idle;	/* seconds */
	size_t at, len;		/* of buf: heard, and not said yet */
	uint8_t buf[2048];
};

enum outcome { WAITS, ENDS, BREAKS };

static struct uk_link clients = { &clients, &clients };
static mbedtls_ssl_config config;
static struct uk_tls_identity *server;

static void touch(void *arg)
{
	((struct client *)arg)->touched = true;
}

static void end(struct client *c, bool reset)
{
	uk_list_del(&c->link);
	uk_stream_close(&c->tcp, reset);
	uk_tls_close(&c->tls);
	free(c);
}

/* The client's last word was heard: ours. */
static enum outcome bye(struct client *c)
{
	int rc = mbedtls_ssl_close_notify(&c->tls.ssl);

	return uk_tls_later(rc) ? WAITS : rc ? BREAKS : ENDS;
}

static enum outcome echo(struct client *c)
{
	int rc;

	for (;;) {
		if (c->at < c->len)
			rc = mbedtls_ssl_write(&c->tls.ssl, c->buf + c->at,
					       c->len - c->at);
		else
			rc = mbedtls_ssl_read(&c->tls.ssl, c->buf,
					      sizeof(c->buf));
		if (uk_tls_later(rc))
			return WAITS;
		if (rc == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
			return bye(c);
		if (rc <= 0)
			return BREAKS;
		c->idle = 0;
		if (c->at < c->len) {
			c->at += (size_t)rc;
		} else {
			c->at = 0;
			c->len = (size_t)rc;
		}
	}
}

static enum outcome work(struct client *c)
{
	int rc;

	c->touched = false;
	if (!c->tcp.pcb)
		return BREAKS;
	if (!c->open) {
		rc = uk_tls_handshake(&c->tls);
		/* Behind an alert the connection ends in order: it is read. */
		if (rc)
			return uk_tls_later(rc) ? WAITS : ENDS;
		c->open = true;
	}
	return echo(c);
}

void client_work(bool second)
{
	struct uk_link *l, *next;
	enum outcome now;

	for (l = clients.next; l != &clients; l = next) {
		struct client *c = uk_list_entry(l, struct client, link);

		next = l->next;
		now = c->touched ? work(c) : WAITS;
		if (second && ++c->idle > PATIENCE)
			now = BREAKS;
		if (c->tcp.pcb && now != BREAKS)
			tcp_output(c->tcp.pcb);
		if (now != WAITS)
			end(c, now == BREAKS);
	}
}

static bool full(void)
{
	const struct uk_link *l;
	unsigned int n = 0;

	for (l = clients.next; l != &clients; l = l->next)
		n++;
	return n >= MOST;
}

static err_t accepted(void *arg UK_UNUSED, struct tcp_pcb *pcb, err_t err)
{
	struct client *c;

	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	c = full() ? NULL : calloc(1, sizeof(*c));
	if (!c || uk_tls_open(&c->tls, &config, &c->tcp, server)) {
		if (c)
			uk_tls_close(&c->tls);
		free(c);
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	uk_stream_open(&c->tcp, pcb, touch, c);
	uk_list_add_tail(&clients, &c->link);
	return ERR_OK;
}

int client_start(struct uk_tls_identity *id, unsigned int port)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY), *l = NULL;
	int rc = uk_tls_server(&config, true);

	server = id;
	if (!rc)
		rc = mbedtls_ssl_conf_own_cert(&config, &id->chain, &id->key);
	if (rc) {
		printf("tls-echo: TLS cannot be set up (mbedTLS %d)\n", rc);
		return -1;
	}
	if (pcb && tcp_bind(pcb, IP_ANY_TYPE, (u16_t)port) == ERR_OK)
		l = tcp_listen(pcb);
	if (!l) {
		printf("tls-echo: cannot listen on port %u\n", port);
		return -1;
	}
	tcp_accept(l, accepted);
	return 0;
}
