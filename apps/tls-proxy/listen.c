/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <uk/essentials.h>
#include "proxy.h"

static struct tcp_pcb *listener;

static err_t accepted(void *arg UK_UNUSED, struct tcp_pcb *pcb, err_t err)
{
	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	if (conn_open(pcb)) {
		counters.refused++;
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	counters.accepted++;
	return ERR_OK;
}

int listen_start(void)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

	if (pcb && tcp_bind(pcb, IP_ANY_TYPE, config.port) == ERR_OK)
		listener = tcp_listen(pcb);
	if (!listener) {
		printf("tls-proxy: cannot listen on port %u\n", config.port);
		return -1;
	}
	tcp_accept(listener, accepted);
	return 0;
}

void listen_stop(void)
{
	if (listener)
		tcp_close(listener);
	listener = NULL;
}
