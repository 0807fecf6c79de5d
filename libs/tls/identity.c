/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates and keys, from the initrd. */
#include <mbedtls/platform_util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/initrd.h>
#include <uk/tls.h>
#include "draw.h"

/* The parser wants text that ends with NUL. The caller frees len bytes. */
static unsigned char *text_of(const char *name, size_t *len)
{
	struct uk_initrd_file f;
	unsigned char *p;

	if (uk_initrd_find(name, &f)) {
		printf("tls: %s: not in the initrd\n", name);
		return NULL;
	}
	*len = f.len + 1;
	p = malloc(*len);
	if (!p) {
		printf("tls: %s: no memory\n", name);
		return NULL;
	}
	memcpy(p, f.data, f.len);
	p[f.len] = '\0';
	return p;
}

static int load_chain(struct uk_tls_identity *id, const char *name)
{
	size_t len;
	unsigned char *p = text_of(name, &len);
	int rc;

	if (!p)
		return -1;
	mbedtls_x509_crt_init(&id->chain);
	rc = mbedtls_x509_crt_parse(&id->chain, p, len);
	free(p);
	if (rc)
		printf("tls: %s: no certificate chain in PEM form "
		       "(mbedTLS %d)\n", name, rc);
	return rc ? -1 : 0;
}

static int load_key(struct uk_tls_identity *id, const char *name)
{
	size_t len;
	unsigned char *p = text_of(name, &len);
	int rc;

	if (!p)
		return -1;
	mbedtls_pk_init(&id->key);
	rc = mbedtls_pk_parse_key(&id->key, p, len, NULL, 0, uk_tls_draw,
				  NULL);
	mbedtls_platform_zeroize(p, len);
	free(p);
	if (rc)
		printf("tls: %s: no private key in PEM form, or with a "
		       "password (mbedTLS %d)\n", name, rc);
	return rc ? -1 : 0;
}

int uk_tls_identity_load(struct uk_tls_identity *id, const char *chain,
			 const char *key)
{
	if (load_chain(id, chain) || load_key(id, key))
		return -1;
	mbedtls_ssl_ticket_init(&id->tickets);
	if (mbedtls_pk_check_pair(&id->chain.pk, &id->key, uk_tls_draw,
				  NULL)) {
		printf("tls: the key in %s is not that of the first "
		       "certificate in %s\n", key, chain);
		return -1;
	}
	return 0;
}

int uk_tls_identity_tickets(struct uk_tls_identity *id, unsigned int seconds)
{
	return mbedtls_ssl_ticket_setup(&id->tickets, uk_tls_draw, NULL,
					MBEDTLS_CIPHER_AES_256_GCM, seconds);
}
