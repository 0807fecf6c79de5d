/* SPDX-License-Identifier: BSD-3-Clause */
/* The client's side: TLS on a TCP connection. */
#include "proxy.h"

int front_open(struct conn *c)
{
	struct server *s = identity_find("default", 7);

	c->server = s;
	if (uk_tls_open(&c->tls, &config.tls, &c->front, s ? &s->id : NULL))
		return -1;
	mbedtls_ssl_set_user_data_p(&c->tls.ssl, c);
	return 0;
}

int front_handshake(struct conn *c)
{
	int rc = uk_tls_handshake(&c->tls);

	if (uk_tls_later(rc))
		return 0;
	if (rc || !c->server) {
		counters.handshakes_failed++;
		/* The alert goes out, then FIN: the client may read why. */
		if (c->front.pcb) {
			tcp_output(c->front.pcb);
			uk_stream_close(&c->front, false);
		}
		return -1;
	}
	counters.handshakes++;
	counters.resumed += c->tls.resumed;
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
			n = uk_stream_write(&c->back,
					    c->plain + c->plain_at,
					    c->plain_len);
			c->plain_at = (uint16_t)(c->plain_at + n);
			c->plain_len = (uint16_t)(c->plain_len - n);
			counters.from_clients += n;
			if (c->plain_len > 0)
				return 0;
		}
		rc = mbedtls_ssl_read(&c->tls.ssl, c->plain, sizeof(c->plain));
		if (uk_tls_later(rc))
			return 0;
		/* Cut off without a word is no end of the data, unless there
		 * was nothing more to say. */
		if (rc == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ||
		    (rc <= 0 && c->front.eof && c->front.finished)) {
			uk_stream_finish(&c->back);
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
	struct uk_stream *from = &c->back;
	const void *data;
	size_t n;
	int rc;

	while (!c->front.finished && (n = uk_stream_peek(from, &data)) > 0) {
		rc = mbedtls_ssl_write(&c->tls.ssl, data, n);
		if (uk_tls_later(rc))
			return 0;
		if (rc <= 0)
			return -1;
		uk_stream_use(from, (size_t)rc);
		counters.to_clients += (unsigned int)rc;
		c->deadline = clock_s() + config.idle_s;
	}
	if (c->front.finished || !from->eof || from->in)
		return 0;
	rc = mbedtls_ssl_close_notify(&c->tls.ssl);
	if (uk_tls_later(rc))
		return 0;
	if (rc)
		return -1;
	uk_stream_finish(&c->front);
	return 0;
}
