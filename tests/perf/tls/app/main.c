/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Both ends of TLS 1.3 in one program, with memory between them: handshakes,
 * then a megabyte from the server to the client. The same file runs in an image
 * and in a process of Linux (host.c); between tls_begin(), tls_moved() and
 * tls_end() instructions are counted.
 */
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/pk.h>
#include <psa/crypto.h>
#include <stdio.h>
#include <string.h>
#include "identity.h"

#define HANDSHAKES 8
#define BYTES (1u << 20)
#define PIECE 4096
#define ROOM 16384

/* What one end has sent and the other not yet read. */
struct pipe {
	size_t from, to;
	unsigned char data[ROOM];
};

struct end {
	mbedtls_ssl_context ssl;
	mbedtls_ssl_config conf;
	struct pipe *in, *out;
};

static struct pipe forth, back;
static struct end server = { .in = &forth, .out = &back };
static struct end client = { .in = &back, .out = &forth };
static mbedtls_x509_crt chain;
static mbedtls_pk_context key;
static unsigned char text[PIECE];

__attribute__((noinline)) void tls_begin(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void tls_moved(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void tls_end(void)
{
	__asm__ volatile("");
}

static int draw(void *arg, unsigned char *out, size_t n)
{
	(void)arg;
	return psa_generate_random(out, n);
}

static int put(void *arg, const unsigned char *data, size_t n)
{
	struct pipe *p = ((struct end *)arg)->out;

	if (p->from == p->to)
		p->from = p->to = 0;
	if (n > ROOM - p->to)
		n = ROOM - p->to;
	if (n == 0)
		return MBEDTLS_ERR_SSL_WANT_WRITE;
	memcpy(p->data + p->to, data, n);
	p->to += n;
	return (int)n;
}

static int get(void *arg, unsigned char *data, size_t n)
{
	struct pipe *p = ((struct end *)arg)->in;

	if (n > p->to - p->from)
		n = p->to - p->from;
	if (n == 0)
		return MBEDTLS_ERR_SSL_WANT_READ;
	memcpy(data, p->data + p->from, n);
	p->from += n;
	return (int)n;
}

static int prepare(struct end *e, int role)
{
	mbedtls_ssl_config *c = &e->conf;
	int rc;

	mbedtls_ssl_config_init(c);
	rc = mbedtls_ssl_config_defaults(c, role, MBEDTLS_SSL_TRANSPORT_STREAM,
					 MBEDTLS_SSL_PRESET_DEFAULT);
	mbedtls_ssl_conf_rng(c, draw, NULL);
	mbedtls_ssl_conf_min_tls_version(c, MBEDTLS_SSL_VERSION_TLS1_3);
	if (role == MBEDTLS_SSL_IS_SERVER)
		return rc ? rc : mbedtls_ssl_conf_own_cert(c, &chain, &key);
	mbedtls_ssl_conf_authmode(c, MBEDTLS_SSL_VERIFY_REQUIRED);
	mbedtls_ssl_conf_ca_chain(c, &chain, NULL);
	return rc;
}

static int open_end(struct end *e)
{
	e->in->from = e->in->to = 0;
	mbedtls_ssl_init(&e->ssl);
	mbedtls_ssl_set_bio(&e->ssl, e, put, get, NULL);
	return mbedtls_ssl_setup(&e->ssl, &e->conf);
}

static int waits(int rc)
{
	return rc == 0 || rc == MBEDTLS_ERR_SSL_WANT_READ ||
	       rc == MBEDTLS_ERR_SSL_WANT_WRITE;
}

static int handshake(void)
{
	int rc = open_end(&server), there = -1, here = -1;

	if (!rc)
		rc = open_end(&client);
	if (!rc)
		rc = mbedtls_ssl_set_hostname(&client.ssl, "test");
	while (!rc && (there || here)) {
		here = mbedtls_ssl_handshake(&client.ssl);
		there = mbedtls_ssl_handshake(&server.ssl);
		rc = waits(here) ? waits(there) ? 0 : there : here;
	}
	return rc;
}

static void close_ends(void)
{
	mbedtls_ssl_free(&server.ssl);
	mbedtls_ssl_free(&client.ssl);
}

static int move(size_t bytes)
{
	size_t sent = 0, got = 0;
	int rc;

	while (got < bytes) {
		if (sent < bytes) {
			rc = mbedtls_ssl_write(&server.ssl, text, PIECE);
			if (!waits(rc) && rc < 0)
				return rc;
			sent += rc > 0 ? (size_t)rc : 0;
		}
		rc = mbedtls_ssl_read(&client.ssl, text, PIECE);
		if (!waits(rc) && rc < 0)
			return rc;
		got += rc > 0 ? (size_t)rc : 0;
	}
	return 0;
}

static int work(void)
{
	int rc, i;

	mbedtls_x509_crt_init(&chain);
	mbedtls_pk_init(&key);
	rc = (int)psa_crypto_init();
	if (!rc)
		rc = mbedtls_x509_crt_parse(&chain, (const void *)test_chain,
					    sizeof(test_chain));
	if (!rc)
		rc = mbedtls_pk_parse_key(&key, (const void *)test_key,
					  sizeof(test_key), NULL, 0, draw,
					  NULL);
	if (!rc)
		rc = prepare(&server, MBEDTLS_SSL_IS_SERVER);
	if (!rc)
		rc = prepare(&client, MBEDTLS_SSL_IS_CLIENT);
	/* Once, to get warm. */
	if (!rc)
		rc = handshake();
	tls_begin();
	for (i = 0; !rc && i < HANDSHAKES; i++) {
		close_ends();
		rc = handshake();
	}
	tls_moved();
	if (!rc)
		rc = move(BYTES);
	tls_end();
	return rc;
}

int main(void)
{
	int rc = work();

	printf("tls: %s, %s, status %d\n", mbedtls_ssl_get_version(&client.ssl),
	       mbedtls_ssl_get_ciphersuite(&client.ssl), rc);
	return rc != 0;
}
