/* SPDX-License-Identifier: BSD-3-Clause */
/* Who the proxy is: certificates and keys, and which a client gets to see. */
#include <mbedtls/platform_util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uk/essentials.h>
#include <uk/initrd.h>
#include <uk/swrand.h>
#include "proxy.h"

static int draw(void *arg UK_UNUSED, unsigned char *out, size_t n)
{
	uk_swrand_fill(out, n);
	return 0;
}

/* The parser wants text that ends with NUL. The caller frees len bytes. */
static unsigned char *text_of(const char *name, size_t *len)
{
	struct uk_initrd_file f;
	unsigned char *p;

	if (uk_initrd_find(name, &f)) {
		printf("tls-proxy: %s: not in the initrd\n", name);
		return NULL;
	}
	*len = f.len + 1;
	p = malloc(*len);
	if (!p) {
		printf("tls-proxy: %s: no memory\n", name);
		return NULL;
	}
	memcpy(p, f.data, f.len);
	p[f.len] = '\0';
	return p;
}

static int load_chain(struct server *s, const char *name)
{
	size_t len;
	unsigned char *p = text_of(name, &len);
	int rc;

	if (!p)
		return -1;
	mbedtls_x509_crt_init(&s->chain);
	rc = mbedtls_x509_crt_parse(&s->chain, p, len);
	free(p);
	if (rc)
		printf("tls-proxy: %s: no certificate chain in PEM form "
		       "(mbedTLS %d)\n", name, rc);
	return rc ? -1 : 0;
}

static int load_key(struct server *s, const char *name)
{
	size_t len;
	unsigned char *p = text_of(name, &len);
	int rc;

	if (!p)
		return -1;
	mbedtls_pk_init(&s->key);
	rc = mbedtls_pk_parse_key(&s->key, p, len, NULL, 0, draw, NULL);
	mbedtls_platform_zeroize(p, len);
	free(p);
	if (rc)
		printf("tls-proxy: %s: no private key in PEM form, or with a "
		       "password (mbedTLS %d)\n", name, rc);
	return rc ? -1 : 0;
}

int identity_load(struct server *s, const char *chain, const char *key)
{
	if (load_chain(s, chain) || load_key(s, key))
		return -1;
	if (mbedtls_pk_check_pair(&s->chain.pk, &s->key, draw, NULL)) {
		printf("tls-proxy: the key in %s is not that of the first "
		       "certificate in %s\n", key, chain);
		return -1;
	}
	return 0;
}

struct server *identity_find(const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < config.n_servers; i++) {
		struct server *s = &config.server[i];

		if (strlen(s->name) == len && !strncasecmp(s->name, name, len))
			return s;
	}
	return NULL;
}

/* RFC 6066, section 3: a name that nobody has is an alert, unless there is a
 * default. */
static int asked_for(void *arg UK_UNUSED, mbedtls_ssl_context *ssl,
		     const unsigned char *name, size_t len)
{
	struct conn *c = mbedtls_ssl_get_user_data_p(ssl);
	struct server *s = identity_find((const char *)name, len);

	if (s)
		c->server = s;
	if (!c->server)
		return -1;
	return mbedtls_ssl_set_hs_own_cert(ssl, &c->server->chain,
					   &c->server->key);
}

int identity_start(void)
{
	mbedtls_ssl_config *t = &config.tls;
	struct server *s = identity_find("default", 7);
	int rc;

	mbedtls_ssl_config_init(t);
	rc = mbedtls_ssl_config_defaults(t, MBEDTLS_SSL_IS_SERVER,
					 MBEDTLS_SSL_TRANSPORT_STREAM,
					 MBEDTLS_SSL_PRESET_DEFAULT);
	mbedtls_ssl_conf_rng(t, draw, NULL);
	mbedtls_ssl_conf_min_tls_version(t, MBEDTLS_SSL_VERSION_TLS1_2);
	mbedtls_ssl_conf_sni(t, asked_for, NULL);
	if (!rc && s)
		rc = mbedtls_ssl_conf_own_cert(t, &s->chain, &s->key);
	if (!rc && config.alpn[0])
		rc = mbedtls_ssl_conf_alpn_protocols(t, config.alpn);
	if (rc)
		printf("tls-proxy: TLS cannot be set up (mbedTLS %d)\n", rc);
	return rc ? -1 : 0;
}
