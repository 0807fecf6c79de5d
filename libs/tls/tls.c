/* SPDX-License-Identifier: BSD-3-Clause */
#include <mbedtls/net_sockets.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/swrand.h>
#include <uk/tls.h>
#include "draw.h"

/* Whose handshake runs: mbedTLS does not tell who asks about tickets. */
static struct uk_tls *running;

int uk_tls_draw(void *arg UK_UNUSED, unsigned char *out, size_t n)
{
	uk_swrand_fill(out, n);
	return 0;
}

static int write_ticket(void *arg UK_UNUSED, const mbedtls_ssl_session *session,
			unsigned char *at, const unsigned char *end,
			size_t *len, uint32_t *lifetime)
{
	if (!running || !running->id)
		return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
	return mbedtls_ssl_ticket_write(&running->id->tickets, session, at, end,
					len, lifetime);
}

/* With another identity's keys it is as one of before the boot. */
static int parse_ticket(void *arg UK_UNUSED, mbedtls_ssl_session *session,
			unsigned char *ticket, size_t len)
{
	int rc;

	if (!running || !running->id)
		return MBEDTLS_ERR_SSL_INVALID_MAC;
	rc = mbedtls_ssl_ticket_parse(&running->id->tickets, session, ticket,
				      len);
	running->resumed = rc == 0;
	return rc;
}

int uk_tls_server(mbedtls_ssl_config *conf, bool tickets)
{
	int rc;

	mbedtls_ssl_config_init(conf);
	rc = mbedtls_ssl_config_defaults(conf, MBEDTLS_SSL_IS_SERVER,
					 MBEDTLS_SSL_TRANSPORT_STREAM,
					 MBEDTLS_SSL_PRESET_DEFAULT);
	mbedtls_ssl_conf_rng(conf, uk_tls_draw, NULL);
	mbedtls_ssl_conf_min_tls_version(conf, MBEDTLS_SSL_VERSION_TLS1_2);
	if (tickets)
		mbedtls_ssl_conf_session_tickets_cb(conf, write_ticket,
						    parse_ticket, NULL);
	return rc;
}

static int send_bytes(void *arg, const unsigned char *data, size_t n)
{
	struct uk_stream *s = arg;

	if (!s->pcb)
		return MBEDTLS_ERR_NET_CONN_RESET;
	n = uk_stream_write(s, data, UK_MIN(n, (size_t)INT16_MAX));
	return n ? (int)n : MBEDTLS_ERR_SSL_WANT_WRITE;
}

static int receive_bytes(void *arg, unsigned char *to, size_t n)
{
	struct uk_stream *s = arg;

	n = uk_stream_read(s, to, UK_MIN(n, (size_t)INT16_MAX));
	if (n)
		return (int)n;
	if (!s->pcb)
		return MBEDTLS_ERR_NET_CONN_RESET;
	return s->eof ? 0 : MBEDTLS_ERR_SSL_WANT_READ;
}

int uk_tls_open(struct uk_tls *t, const mbedtls_ssl_config *conf,
		struct uk_stream *s, struct uk_tls_identity *id)
{
	int rc;

	mbedtls_ssl_init(&t->ssl);
	t->id = id;
	t->resumed = false;
	rc = mbedtls_ssl_setup(&t->ssl, conf);
	mbedtls_ssl_set_bio(&t->ssl, s, send_bytes, receive_bytes, NULL);
	return rc;
}

int uk_tls_identify(struct uk_tls *t, struct uk_tls_identity *id)
{
	/* A ticket that came in front of the name, and is for another one */
	if (t->resumed && t->id != id)
		return -1;
	t->id = id;
	return mbedtls_ssl_set_hs_own_cert(&t->ssl, &id->chain, &id->key);
}

int uk_tls_handshake(struct uk_tls *t)
{
	int rc;

	running = t;
	rc = mbedtls_ssl_handshake(&t->ssl);
	running = NULL;
	return rc;
}

bool uk_tls_later(int rc)
{
	return rc == MBEDTLS_ERR_SSL_WANT_READ ||
	       rc == MBEDTLS_ERR_SSL_WANT_WRITE ||
	       rc == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
}

void uk_tls_close(struct uk_tls *t)
{
	mbedtls_ssl_free(&t->ssl);
}
