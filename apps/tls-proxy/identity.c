/* SPDX-License-Identifier: BSD-3-Clause */
/* Who the proxy is, and which certificate a client gets to see. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uk/essentials.h>
#include "proxy.h"

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
	return c->server ? uk_tls_identify(&c->tls, &c->server->id) : -1;
}

static int tickets(void)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; !rc && config.tickets_s && i < config.n_servers; i++)
		rc = uk_tls_identity_tickets(&config.server[i].id,
					     config.tickets_s);
	return rc;
}

int identity_start(void)
{
	mbedtls_ssl_config *t = &config.tls;
	struct server *s = identity_find("default", 7);
	int rc = uk_tls_server(t, config.tickets_s > 0);

	mbedtls_ssl_conf_sni(t, asked_for, NULL);
	if (!rc)
		rc = tickets();
	if (!rc && s)
		rc = mbedtls_ssl_conf_own_cert(t, &s->id.chain, &s->id.key);
	if (!rc && config.alpn[0])
		rc = mbedtls_ssl_conf_alpn_protocols(t, config.alpn);
	if (rc)
		printf("tls-proxy: TLS cannot be set up (mbedTLS %d)\n", rc);
	return rc ? -1 : 0;
}
