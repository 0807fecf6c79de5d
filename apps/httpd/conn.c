/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A client's connection: requests one after another, each answered whole
 * before the next is looked at. Files are sent from where the initrd lies;
 * TCP keeps pointers to them until they are acknowledged.
 */
#include <lwip/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/lwip.h>
#include "conn.h"
#include "files.h"
#include "head.h"
#include "request.h"

#define PATIENCE 8		/* times 2 s, for the next request */

struct conn {
	struct tcp_pcb *pcb;
	struct pbuf *in;	/* received, not yet in buf */
	u16_t used;		/* of `in` */
	uint8_t idle;		/* times polled since anything was done */
	bool eof, last;		/* of the client's; no request after this */
	const uint8_t *body;	/* to be sent */
	size_t left;
	size_t have;
	char buf[REQUEST_MAX];
};

static int put_head(struct conn *c, int status, const char *type, size_t len,
		    const char *more)
{
	struct head h;

	head_make(&h, status, type, len, more, c->last);
	if (tcp_write(c->pcb, h.text, (u16_t)h.n, TCP_WRITE_FLAG_COPY |
		      (len ? TCP_WRITE_FLAG_MORE : 0)) != ERR_OK)
		return -1;
	return 0;
}

static int refuse(struct conn *c, int status, bool head, const char *more)
{
	const char *text = head_reason(status);
	size_t len = strlen(text);

	if (put_head(c, status, "text/plain; charset=utf-8", len, more))
		return -1;
	c->body = (const uint8_t *)text;
	c->left = head ? 0 : len;
	return 0;
}

/* The part of the file that was asked for; false: there is no such part. */
static bool part_of(const struct request *r, size_t size, size_t *at,
		    size_t *len)
{
	uint64_t last = UK_MIN(r->last, (uint64_t)size - 1);

	if (r->suffix) {
		*len = UK_MIN(r->suffix, (uint64_t)size);
		*at = size - *len;
		return size > 0;
	}
	if (r->first >= size)
		return false;
	*at = r->first;
	*len = last - r->first + 1;
	return true;
}

static int answer(struct conn *c, const struct request *r)
{
	const struct file *f = files_find(r->path);
	size_t at = 0, len;
	const char *more = "Accept-Ranges: bytes\r\n";
	char range[96];
	int status = 200;

	if (!f)
		return refuse(c, 404, r->head, "");
	len = f->len;
	if (r->ranged && !r->head) {
		if (!part_of(r, f->len, &at, &len)) {
			snprintf(range, sizeof(range),
				 "Content-Range: bytes */%zu\r\n", f->len);
			return refuse(c, 416, false, range);
		}
		snprintf(range, sizeof(range),
			 "Content-Range: bytes %zu-%zu/%zu\r\n", at,
			 at + len - 1, f->len);
		more = range;
		status = 206;
	}
	if (put_head(c, status, f->type, len, more))
		return -1;
	c->body = (const uint8_t *)f->data + at;
	c->left = r->head ? 0 : len;
	return 0;
}

/* From what came into buf. */
static void fill(struct conn *c)
{
	struct pbuf *p;
	size_t n;

	while ((p = c->in) && c->have < sizeof(c->buf)) {
		n = UK_MIN((size_t)(p->len - c->used),
			   sizeof(c->buf) - c->have);
		memcpy(c->buf + c->have, (char *)p->payload + c->used, n);
		c->have += n;
		c->used = (u16_t)(c->used + n);
		tcp_recved(c->pcb, (u16_t)n);
		if (c->used < p->len)
			return;
		c->in = p->next;
		c->used = 0;
		if (c->in)
			pbuf_ref(c->in);
		pbuf_free(p);
	}
}

/* Answer the next request. 0: none is there yet, or no room for an answer. */
static int serve(struct conn *c)
{
	struct request r;
	int n, rc;

	fill(c);
	if (c->last || tcp_sndbuf(c->pcb) < HEAD_MAX)
		return 0;
	n = request_parse(c->buf, c->have, &r);
	if (n == 0)
		return 0;
	c->last = n < 0 || !r.keep;
	rc = n < 0 ? refuse(c, -n, false, n == -405 ? "Allow: GET, HEAD\r\n" :
						      "") : answer(c, &r);
	/* No memory for it: tried again when polled. */
	if (rc) {
		c->last = false;
		return 0;
	}
	n = n < 0 ? (int)c->have : n;
	c->have -= (size_t)n;
	if (c->have)
		memmove(c->buf, c->buf + n, c->have);
	c->idle = 0;
	return 1;
}

static bool send_body(struct conn *c)
{
	size_t n = UK_MIN(UK_MIN(c->left, (size_t)tcp_sndbuf(c->pcb)),
			  (size_t)UINT16_MAX);
	u8_t more = n < c->left ? TCP_WRITE_FLAG_MORE : 0;

	if (n == 0 || tcp_write(c->pcb, c->body, (u16_t)n, more) != ERR_OK)
		return false;
	c->body += n;
	c->left -= n;
	return true;
}

static void drop(struct conn *c)
{
	if (c->in)
		pbuf_free(c->in);
	free(c);
}

static err_t end(struct conn *c, bool reset)
{
	struct tcp_pcb *pcb = c->pcb;

	/* TCP resets a connection that is closed with bytes left. */
	while (!reset && (c->in || c->have)) {
		c->have = 0;
		fill(c);
	}
	uk_lwip_tcp_leave(pcb);
	drop(c);
	if (!reset && tcp_close(pcb) == ERR_OK)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

static err_t work(struct conn *c)
{
	for (;;) {
		if (c->left) {
			if (!send_body(c))
				return ERR_OK;
			continue;
		}
		if (serve(c))
			continue;
		if (c->last || c->eof)
			return end(c, false);
		return ERR_OK;
	}
}

static err_t received(void *arg, struct tcp_pcb *pcb UK_UNUSED, struct pbuf *p,
		      err_t err)
{
	struct conn *c = arg;

	if (err != ERR_OK || !p)
		c->eof = true;
	else if (c->in)
		pbuf_cat(c->in, p);
	else
		c->in = p;
	return work(c);
}

static err_t sent(void *arg, struct tcp_pcb *pcb UK_UNUSED, u16_t n UK_UNUSED)
{
	struct conn *c = arg;

	c->idle = 0;
	return c->left ? work(c) : ERR_OK;
}

static err_t polled(void *arg, struct tcp_pcb *pcb UK_UNUSED)
{
	struct conn *c = arg;

	return ++c->idle > PATIENCE ? end(c, true) : work(c);
}

static void lost(void *arg, err_t err UK_UNUSED)
{
	drop(arg);
}

err_t conn_accept(void *arg UK_UNUSED, struct tcp_pcb *pcb, err_t err)
{
	struct conn *c;

	if (err != ERR_OK || !pcb)
		return ERR_VAL;
	c = calloc(1, sizeof(*c));
	if (!c) {
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	c->pcb = pcb;
	tcp_arg(pcb, c);
	tcp_recv(pcb, received);
	tcp_sent(pcb, sent);
	tcp_poll(pcb, polled, 4);
	tcp_err(pcb, lost);
	tcp_nagle_disable(pcb);
	return ERR_OK;
}
