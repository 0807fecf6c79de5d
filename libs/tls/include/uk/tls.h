/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TLS servers on streams (uk/stream.h), with mbedTLS's API for what is not
 * here: mbedtls_ssl_read(&t.ssl, ...) and so on. psa_crypto_init() comes first.
 *
 * Sessions are resumed by tickets (RFC 5077, RFC 8446 section 4.6.1). Each
 * identity has keys of its own for them, which are drawn at boot and drawn
 * again when they have lasted as long as their tickets: a ticket is good for
 * the name that it was given out for (RFC 6066, section 3) and until the image
 * ends. One that is not is no error: the handshake is a whole one.
 */
#pragma once

#include <stdbool.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/x509_crt.h>
#include <uk/stream.h>

/* Who a server is. */
struct uk_tls_identity {
	mbedtls_x509_crt chain;
	mbedtls_pk_context key;
	mbedtls_ssl_ticket_context tickets;
};

/* From two files of the initrd in PEM form: the chain, the server's certificate
 * first, and its key. 0, or -1 after a message. */
int uk_tls_identity_load(struct uk_tls_identity *id, const char *chain,
			 const char *key);

/* Give out tickets that last so many seconds, 1 or more. 0, or an error of
 * mbedTLS's. */
int uk_tls_identity_tickets(struct uk_tls_identity *id, unsigned int seconds);

/* The settings of a server: TLS 1.2 and 1.3, random numbers of ukswrand;
 * tickets: all its identities give them out. 0, or an error of mbedTLS's. */
int uk_tls_server(mbedtls_ssl_config *conf, bool tickets);

struct uk_tls {
	mbedtls_ssl_context ssl;
	struct uk_tls_identity *id;
	bool resumed;		/* a ticket of id's was taken */
};

/* A server's end on the stream s, which stays the caller's. id: who it is, or
 * NULL if a callback for the name that is asked for will say. 0, or mbedTLS's
 * error; uk_tls_close() is right after either. */
int uk_tls_open(struct uk_tls *t, const mbedtls_ssl_config *conf,
		struct uk_stream *s, struct uk_tls_identity *id);

/* From that callback: t is id from now on. 0, or what the callback returns. */
int uk_tls_identify(struct uk_tls *t, struct uk_tls_identity *id);

/* mbedtls_ssl_handshake(), which must not be called by itself. */
int uk_tls_handshake(struct uk_tls *t);

/* mbedTLS's result only says that there was nothing to read, or no room. */
bool uk_tls_later(int rc);

/* Forget the session. Sends nothing: mbedtls_ssl_close_notify() does. */
void uk_tls_close(struct uk_tls *t);
