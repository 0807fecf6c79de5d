/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The daytime protocol (RFC 867): who connects to port 13 gets the date and
 * the time in UTC, as a line, and the connection is closed.
 */
#include <stdio.h>
#include <lwip/tcp.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include <uk/time.h>

#define PORT 13

/* The whole answer is queued, and FIN behind it, before anything can go
 * wrong; what then happens to the connection is TCP's. */
static err_t accepted(void *arg, struct tcp_pcb *pcb, err_t err)
{
	char line[32];
	struct uk_date d;
	int n;

	(void)arg;
	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	uk_time_to_date((int64_t)(uk_time_wall() / UK_NSEC_PER_SEC), &d);
	n = snprintf(line, sizeof(line),
		     "%04d-%02d-%02d %02d:%02d:%02d UTC\r\n", (int)d.year,
		     d.month, d.day, d.hour, d.min, d.sec);
	if (tcp_write(pcb, line, (u16_t)n, TCP_WRITE_FLAG_COPY) != ERR_OK ||
	    tcp_close(pcb) != ERR_OK) {
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	return ERR_OK;
}

static struct tcp_pcb *listen_on(u16_t port)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY), *l = NULL;

	if (!pcb)
		return NULL;
	if (tcp_bind(pcb, IP_ANY_TYPE, port) == ERR_OK)
		l = tcp_listen(pcb);
	if (l)
		tcp_accept(l, accepted);
	else
		tcp_abort(pcb);
	return l;
}

int main(void)
{
	int rc = uk_lwip_wait_address();

	if (rc) {
		printf("daytime: %s\n", uk_lwip_why(rc));
		return 1;
	}
	if (!listen_on(PORT)) {
		puts("daytime: no memory for a connection");
		return 1;
	}
	printf("daytime: listening on port %d\n", PORT);
	for (;;)
		uk_lwip_wait(UKPLAT_FOREVER);
}
