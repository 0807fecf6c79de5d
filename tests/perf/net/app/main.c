/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a small answer costs: who sends a request that ends in an empty line
 * gets a head and 612 bytes; the connection is closed if it begins with
 * 'C'. Between net_begin() and net_end() lie REQUESTS requests (or as many as
 * the first word says), after WARM to get warm.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <lwip/tcp.h>
#include <uk/lwip.h>

#define PORT 80
#define WARM 200
#define REQUESTS 2000

static char answer[850];
static unsigned int n_requests, n_last = WARM + REQUESTS;
static int done;

__attribute__((noinline)) void net_begin(void)
{
	__asm__ __volatile__("");
}

__attribute__((noinline)) void net_end(void)
{
	__asm__ __volatile__("");
	done = 1;
}

static err_t received(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	char first, last[4];

	(void)arg;
	if (err != ERR_OK || !p) {
		tcp_close(pcb);
		return ERR_OK;
	}
	first = ((char *)p->payload)[0];
	pbuf_copy_partial(p, last, 4, (u16_t)(p->tot_len - 4));
	tcp_recved(pcb, p->tot_len);
	pbuf_free(p);
	if (memcmp(last, "\r\n\r\n", 4) != 0)
		return ERR_OK;
	tcp_write(pcb, answer, sizeof(answer), 0);
	if (first == 'C')
		tcp_close(pcb);
	else
		tcp_output(pcb);
	n_requests++;
	if (n_requests == WARM)
		net_begin();
	if (n_requests == n_last)
		net_end();
	return ERR_OK;
}

static err_t accepted(void *arg, struct tcp_pcb *pcb, err_t err)
{
	(void)arg;
	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	tcp_recv(pcb, received);
	return ERR_OK;
}

int main(int argc, char *argv[])
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

	if (argc > 1)
		n_last = WARM + (unsigned int)atoi(argv[1]);
	memset(answer, 'x', sizeof(answer));
	tcp_bind(pcb, IP_ANY_TYPE, PORT);
	tcp_accept(tcp_listen(pcb), accepted);
	puts("net: ready");
	while (!done)
		uk_lwip_wait(UKPLAT_FOREVER);
	return 0;
}
