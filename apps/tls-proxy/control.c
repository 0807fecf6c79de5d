/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A port for whoever runs the proxy, in plain text, to be reached from inside
 * only: `counters` answers with them, `stop` ends the proxy when its last
 * connection has ended, or the time for that is over. One command each
 * connection.
 */
#include <lwip/stats.h>
#include <stdio.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/essentials.h>
#include <uk/frame.h>
#include <uk/netbuf.h>
#include <uk/plat.h>
#include "proxy.h"

#define MAX_COMMAND 32

bool stopping;

static int add(const char *lib UK_UNUSED, const struct uk_alloc_stats *st,
	       void *sum)
{
	*(size_t *)sum += st->bytes_used;
	return 0;
}

void control_print(char *buf, size_t len)
{
	const struct counters *n = &counters;
	struct uk_frame_stats frames;
	size_t heap = 0;

	uk_alloc_stats_foreach(add, &heap);
	uk_frame_stats(&frames);
	snprintf(buf, len,
		 "open %u\nmost-open %u\naccepted %llu\nrefused %llu\n"
		 "handshakes %llu\nhandshakes-failed %llu\nresumed %llu\n"
		 "upstream-failed %llu\ntimeouts %llu\n"
		 "bytes-from-clients %llu\nbytes-to-clients %llu\n"
		 "heap-bytes %zu\ntcp-heap-bytes %lu\nnetbufs-free %u\n"
		 "memory-free-kib %llu\n",
		 n->open, n->most_open, (unsigned long long)n->accepted,
		 (unsigned long long)n->refused,
		 (unsigned long long)n->handshakes,
		 (unsigned long long)n->handshakes_failed,
		 (unsigned long long)n->resumed,
		 (unsigned long long)n->upstream_failed,
		 (unsigned long long)n->timeouts,
		 (unsigned long long)n->from_clients,
		 (unsigned long long)n->to_clients, heap,
		 (unsigned long)lwip_stats.mem.used, uk_netbuf_free_count(),
		 (unsigned long long)(frames.free * UK_PAGE_SIZE / 1024));
}

static void answer(struct tcp_pcb *pcb, const char *command)
{
	char text[512] = "counters or stop\n";

	if (strncmp(command, "counters", 8) == 0) {
		control_print(text, sizeof(text));
	} else if (strncmp(command, "stop", 4) == 0) {
		strcpy(text, "stopping\n");
		stopping = true;
	}
	tcp_write(pcb, text, (u16_t)strlen(text), TCP_WRITE_FLAG_COPY);
}

static err_t received(void *arg UK_UNUSED, struct tcp_pcb *pcb, struct pbuf *p,
		      err_t err UK_UNUSED)
{
	char command[MAX_COMMAND] = "";

	if (p) {
		pbuf_copy_partial(p, command, MAX_COMMAND - 1, 0);
		tcp_recved(pcb, p->tot_len);
		pbuf_free(p);
		answer(pcb, command);
	}
	tcp_recv(pcb, NULL);
	if (tcp_close(pcb) == ERR_OK)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

static err_t forget(void *arg UK_UNUSED, struct tcp_pcb *pcb)
{
	tcp_abort(pcb);
	return ERR_ABRT;
}

static err_t accepted(void *arg UK_UNUSED, struct tcp_pcb *pcb, err_t err)
{
	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	tcp_recv(pcb, received);
	tcp_poll(pcb, forget, 10);	/* five seconds for one command */
	return ERR_OK;
}

int control_start(void)
{
	struct tcp_pcb *pcb, *l = NULL;

	if (!config.control)
		return 0;
	pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);
	if (pcb && tcp_bind(pcb, IP_ANY_TYPE, config.control) == ERR_OK)
		l = tcp_listen(pcb);
	if (!l) {
		printf("tls-proxy: no control port %u\n", config.control);
		return -1;
	}
	tcp_accept(l, accepted);
	return 0;
}
