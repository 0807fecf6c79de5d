/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The web server of apps/httpd on port 80. Who connects to port 81 makes a
 * mark: what lies between the first and the second is counted.
 */
#include <stdio.h>
#include <uk/lwip.h>
#include "conn.h"
#include "files.h"

static int marks;

__attribute__((noinline)) void httpd_begin(void)
{
	__asm__ __volatile__("");
}

__attribute__((noinline)) void httpd_end(void)
{
	__asm__ __volatile__("");
}

static err_t mark(void *arg, struct tcp_pcb *pcb, err_t err)
{
	(void)arg;
	(void)err;
	if (marks++ == 0)
		httpd_begin();
	else
		httpd_end();
	tcp_abort(pcb);
	return ERR_ABRT;
}

static void listen_on(u16_t port, tcp_accept_fn fn)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

	tcp_bind(pcb, IP_ANY_TYPE, port);
	tcp_accept(tcp_listen(pcb), fn);
}

int main(void)
{
	if (files_open() < 0)
		return 1;
	listen_on(80, conn_accept);
	listen_on(81, mark);
	while (marks < 2)
		uk_lwip_wait(UKPLAT_FOREVER);
	return 0;
}
