/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An echo server behind TLS 1.2 or 1.3: whatever a client says is said to it.
 * Its certificate and key are server.pem and server.key in the initrd.
 */
#include <psa/crypto.h>
#include <stdio.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include <uk/time.h>
#include <uk/tls.h>
#include "client.h"

#define PORT 443
#define TICKETS 3600		/* seconds */

static struct uk_tls_identity identity;

static int start(void)
{
	int rc;

	if (psa_crypto_init() != PSA_SUCCESS) {
		puts("tls-echo: mbedTLS does not start");
		return -1;
	}
	if (uk_tls_identity_load(&identity, "server.pem", "server.key"))
		return -1;
	if (uk_tls_identity_tickets(&identity, TICKETS)) {
		puts("tls-echo: no memory for tickets");
		return -1;
	}
	rc = uk_lwip_wait_address();
	if (rc) {
		printf("tls-echo: %s\n", uk_lwip_why(rc));
		return -1;
	}
	return client_start(&identity, PORT);
}

int main(void)
{
	uint64_t next = 0;

	if (start())
		return 1;
	printf("tls-echo: listening on port %d\n", PORT);
	fflush(stdout);
	for (;;) {
		uint64_t now = uk_time_ns();

		client_work(now >= next);
		if (now >= next)
			next = now + UK_NSEC_PER_SEC;
		uk_lwip_wait(next);
	}
}
