/* SPDX-License-Identifier: BSD-3-Clause */
/* The client's side: TLS on a TCP connection, through lwIP's queues. */
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <string.h>
#include <uk/essentials.h>
#include "proxy.h"

static int tls_send(void *arg, const unsigned char *data, size_t n)
{
	struct conn *c = arg;

	if (!c->front.pcb)
		return MBEDTLS_ERR_NET_CONN_RESET;
	n = side_write(&c->front, data, UK_MIN(n, (size_t)INT16_MAX));
	return n ? (int)n : MBEDTLS_ERR_SSL_WANT_WRITE;
}

static int tls_receive(void *arg, unsigned char *to, size_t n)
{
	struct conn *c = arg;

	n = side_read(&c->front, to, UK_MIN(n, (size_t)INT16_MAX));
	if (n)
		return (int)n;
	if (!c->front.pcb)
		return MBEDTLS_ERR_NET_CONN_RESET;
	return c->front.eof ? 0 : MBEDTLS_ERR_SSL_WANT_READ;
}

int front_open(struct conn *c)
{
	if (mbedtls_ssl_setup(&c->ssl, &config.tls))
		return -1;
	mbedtls_ssl_set_user_data_p(&c->ssl, c);
	mbedtls_ssl_set_bio(&c->ssl, c, tls_send, tls_receive, NULL);
	c->server = identity_find("default", 7);
	return 0;
}

static bool later(int rc)
{
	return rc == MBEDTLS_ERR_SSL_WANT_READ ||
	       rc == MBEDTLS_ERR_SSL_WANT_WRITE;
}

int front_handshake(struct conn *c)
{
	int rc = mbedtls_ssl_handshake(&c->ssl);

	if (later(rc))
		return 0;
	if (rc || !c->server) {
		counters.handshakes_failed++;
		/* The alert goes out, then FIN: the client may read why. */
		if (c->front.pcb) {
			tcp_output(c->front.pcb);
			side_close(&c->front, false);
		}
		return -1;
	}
	counters.handshakes++;
	c->state = CONN_CONNECT;
	c->deadline = clock_s() + config.connect_s;
	return 0;
}

/* Decrypt into plain[], and from there to the upstream. */
static int inward(struct conn *c)
{
	size_t n;
	int rc;

	for (;;) {
		if (c->plain_len > 0) {
			n = side_write(&c->back, c->plain + c->plain_at,
				       c->plain_len);
			c->plain_at = (uint16_t)(c->plain_at + n);
			c->plain_len = (uint16_t)(c->plain_len - n);
			counters.from_clients += n;
			if (c->plain_len > 0)
				return 0;
		}
		rc = mbedtls_ssl_read(&c->ssl, c->plain, sizeof(c->plain));
		if (later(rc) ||
		    rc == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
			return 0;
		/* Cut off without a word is no end of the data, unless there
		 * was nothing more to say. */
		if (rc == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ||
		    (rc <= 0 && c->front.eof && c->front.finished)) {
			side_finish(&c->back);
			return 0;
		}
		if (rc <= 0)
			return -1;
		c->plain_at = 0;
		c->plain_len = (uint16_t)rc;
		c->deadline = clock_s() + config.idle_s;
	}
}

int front_pump(struct conn *c)
{
	return c->back.finished ? 0 : inward(c);
}

/* From the upstream to the client, encrypted. */
int back_pump(struct conn *c)
{
	const void *data;
	size_t n;
	int rc;

	while (!c->front.finished && (n = side_peek(&c->back, &data)) > 0) {
		rc = mbedtls_ssl_write(&c->ssl, data, n);
		if (later(rc))
			return 0;
		if (rc <= 0)
			return -1;
		side_use(&c->back, (size_t)rc);
		counters.to_clients += (unsigned int)rc;
		c->deadline = clock_s() + config.idle_s;
	}
	if (c->front.finished || !c->back.eof || c->back.in)
		return 0;
	rc = mbedtls_ssl_close_notify(&c->ssl);
	if (later(rc))
		return 0;
	if (rc)
		return -1;
	side_finish(&c->front);
	return 0;
}
