/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP servers: port 7 sends back what it got; port 9 keeps it, and never takes
 * it; port 19 sends as many bytes as the first line says, byte n being n * 7.
 */
#include <lwip/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/lwip.h>

#define PATTERN 256
#define CHUNK 16384

static uint8_t pattern[CHUNK + PATTERN];

struct conn {
	struct pbuf *in;
	size_t used;		/* of it */
	size_t left, at;	/* port 19's */
};

static err_t end(struct tcp_pcb *pcb, struct conn *c)
{
	uk_lwip_tcp_leave(pcb);
	if (c->in)
		pbuf_free(c->in);
	free(c);
	if (tcp_close(pcb) == ERR_OK)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

static void keep(struct conn *c, struct pbuf *p)
{
	if (c->in)
		pbuf_cat(c->in, p);
	else
		c->in = p;
}

static void echo(struct tcp_pcb *pcb, struct conn *c)
{
	struct pbuf *p;
	u16_t n;

	while ((p = c->in) != NULL) {
		n = (u16_t)UK_MIN(p->len - c->used, (size_t)tcp_sndbuf(pcb));
		if (n == 0 || tcp_write(pcb, (uint8_t *)p->payload + c->used, n,
					TCP_WRITE_FLAG_COPY) != ERR_OK)
			break;
		tcp_recved(pcb, n);
		c->used += n;
		if (c->used < p->len)
			break;
		c->used = 0;
		c->in = p->next;
		if (c->in)
			pbuf_ref(c->in);
		pbuf_free(p);
	}
	tcp_output(pcb);
}

static void pour(struct tcp_pcb *pcb, struct conn *c)
{
	size_t n;

	while (c->left) {
		n = UK_MIN(UK_MIN(c->left, (size_t)CHUNK),
			   (size_t)tcp_sndbuf(pcb));
		if (n == 0 || tcp_write(pcb, pattern + c->at % PATTERN,
					(u16_t)n, n < c->left
					? TCP_WRITE_FLAG_MORE : 0) != ERR_OK)
			break;
		c->at += n;
		c->left -= n;
	}
	tcp_output(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t n UK_UNUSED)
{
	struct conn *c = arg;

	if (pcb->local_port == 19)
		pour(pcb, c);
	else
		echo(pcb, c);
	return ERR_OK;
}

static err_t on_data(void *arg, struct tcp_pcb *pcb, struct pbuf *p,
		     err_t err UK_UNUSED)
{
	struct conn *c = arg;
	char line[16];

	if (!p)
		return end(pcb, c);
	switch (pcb->local_port) {
	case 7:
		keep(c, p);
		echo(pcb, c);
		break;
	case 9:
		keep(c, p);
		break;
	default:
		line[pbuf_copy_partial(p, line, sizeof(line) - 1, 0)] = 0;
		tcp_recved(pcb, p->tot_len);
		pbuf_free(p);
		c->left = (size_t)atoi(line);
		pour(pcb, c);
	}
	return ERR_OK;
}

static void on_error(void *arg, err_t err UK_UNUSED)
{
	struct conn *c = arg;

	if (c->in)
		pbuf_free(c->in);
	free(c);
}

static err_t on_accept(void *arg UK_UNUSED, struct tcp_pcb *pcb, err_t err)
{
	struct conn *c;

	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	c = calloc(1, sizeof(*c));
	if (!c) {
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	tcp_arg(pcb, c);
	tcp_recv(pcb, on_data);
	tcp_sent(pcb, on_sent);
	tcp_err(pcb, on_error);
	tcp_nagle_disable(pcb);
	return ERR_OK;
}

static int listen_on(u16_t port)
{
	struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY), *l;

	if (!pcb || tcp_bind(pcb, IP_ANY_TYPE, port) != ERR_OK)
		return -1;
	l = tcp_listen(pcb);
	if (l)
		tcp_accept(l, on_accept);
	return l ? 0 : -1;
}

int main(void)
{
	unsigned int i;
	int rc = uk_lwip_wait_address();

	for (i = 0; i < sizeof(pattern); i++)
		pattern[i] = (uint8_t)(i * 7);
	if (rc || listen_on(7) || listen_on(9) || listen_on(19)) {
		printf("failed: %s\n", rc ? uk_lwip_why(rc) : "no memory");
		return 1;
	}
	puts("netcard: ready");
	for (;;)
		uk_lwip_wait(UKPLAT_FOREVER);
}
