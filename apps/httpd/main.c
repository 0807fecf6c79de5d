/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A web server: the files of its initrd by HTTP/1.1, GET and HEAD, kept-alive
 * connections, one range of bytes.
 */
#include <stdio.h>
#include <uk/lwip.h>
#include <uk/param.h>
#include "conn.h"
#include "files.h"

static int port UK_RO_AFTER_INIT = 80;
UK_PARAM_RANGE(httpd, port, &port, 1, 65535, "TCP port");

static struct tcp_pcb *listen_on(u16_t number)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY), *l = NULL;

	if (!pcb)
		return NULL;
	if (tcp_bind(pcb, IP_ANY_TYPE, number) == ERR_OK)
		l = tcp_listen(pcb);
	if (l)
		tcp_accept(l, conn_accept);
	else
		tcp_abort(pcb);
	return l;
}

int main(void)
{
	int n = files_open(), rc;

	if (n < 0)
		return 1;
	rc = uk_lwip_wait_address();
	if (rc) {
		printf("httpd: %s\n", uk_lwip_why(rc));
		return 1;
	}
	if (!listen_on((u16_t)port)) {
		puts("httpd: no memory for a connection");
		return 1;
	}
	printf("httpd: listening on port %d, %d files\n", port, n);
	for (;;)
		uk_lwip_wait(UKPLAT_FOREVER);
}
