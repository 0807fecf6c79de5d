/* SPDX-License-Identifier: BSD-3-Clause */
/* What libs/lwip/loop.c does before lwIP is started; and how a connection of
 * the tests, which is there at once, gets into the port's table. */
#include <lwip/priv/tcp_priv.h>
#include "port.h"
#include "tcp/tcp_helper.h"

static void __attribute__((constructor)) start(void)
{
	lwip_port_init();
	lwip_table_init();
}

/* tcp_set_state() of the tests, which Makefile.uk has given another name. */
void helper_set_state(struct tcp_pcb *pcb, enum tcp_state state,
		      const ip_addr_t *local_ip, const ip_addr_t *remote_ip,
		      u16_t local_port, u16_t remote_port);

void tcp_set_state(struct tcp_pcb *pcb, enum tcp_state state,
		   const ip_addr_t *local_ip, const ip_addr_t *remote_ip,
		   u16_t local_port, u16_t remote_port)
{
	struct tcp_pcb **list = state == TIME_WAIT ? &tcp_tw_pcbs :
						     &tcp_active_pcbs;

	helper_set_state(pcb, state, local_ip, remote_ip, local_port,
			 remote_port);
	if (state != ESTABLISHED && state != TIME_WAIT)
		return;
	/* It was put there before it had its addresses. */
	lwip_table_forget(pcb);
	lwip_table_remove(list, pcb);
	lwip_table_add(&tcp_active_pcbs, pcb);
	if (state == TIME_WAIT) {
		lwip_table_remove(&tcp_active_pcbs, pcb);
		lwip_table_add(&tcp_tw_pcbs, pcb);
	}
}
