/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ends TLS: clients talk TLS 1.2 or 1.3 to it, and upstreams get what they said
 * by plain TCP. Its files come from the initrd: proxy.conf (config.c),
 * certificates and keys. Statuses: 0 stopped as asked, 1 after a message.
 */
#include <lwip/priv/tcp_priv.h>
#include <psa/crypto.h>
#include <stdio.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include <uk/param.h>
#include <uk/time.h>
#include "proxy.h"

static char conf[64] UK_RO_AFTER_INIT = "proxy.conf";
UK_PARAM(tlsproxy, conf, string, &conf, "name of its file in the initrd");

static int start(void)
{
	int rc;

	if (psa_crypto_init() != PSA_SUCCESS) {
		puts("tls-proxy: mbedTLS does not start");
		return -1;
	}
	conn_init();
	if (config_read(conf) || identity_start())
		return -1;
	rc = uk_lwip_wait_address();
	if (rc) {
		printf("tls-proxy: %s\n", uk_lwip_why(rc));
		return -1;
	}
	return listen_start() || control_start() ? -1 : 0;
}

/* What was said last is with those whom it was said to. */
static bool all_arrived(void)
{
	const struct tcp_pcb *p;

	for (p = tcp_active_pcbs; p; p = p->next)
		if (p->state >= ESTABLISHED && (p->unsent || p->unacked))
			return false;
	return true;
}

int main(void)
{
	unsigned int last = 0, gone = 0;
	bool late = false;
	char text[512];

	if (start())
		return 1;
	printf("tls-proxy: listening on port %u, %u servers\n", config.port,
	       config.n_servers);
	fflush(stdout);
	for (;;) {
		bool more = uk_lwip_poll();

		if (late || clock_s() != last) {
			last = clock_s();
			late = conn_tick();
		}
		if (stopping && gone == 0) {
			listen_stop();
			gone = last + config.drain_s;
		}
		if (stopping && ((counters.open == 0 && all_arrived()) ||
				 last >= gone))
			break;
		if (!conn_work() && !more && !late)
			uk_lwip_idle(((uint64_t)last + 1) * UK_NSEC_PER_SEC);
	}
	control_print(text, sizeof(text));
	printf("tls-proxy: stopped\n%s", text);
	return 0;
}
