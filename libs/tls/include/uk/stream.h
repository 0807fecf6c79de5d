/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TCP connection of lwIP's as a source and a sink of bytes. What came waits
 * until it is used, and not before that may the other end send more. The
 * owner hears of every change by one callback, from within uk_lwip_poll(), in
 * which it may not end the connection: it remembers, and works from its loop.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pbuf;
struct tcp_pcb;

struct uk_stream {
	struct tcp_pcb *pcb;	/* NULL: gone */
	struct pbuf *in;	/* came, and was not used yet */
	uint16_t used;		/* bytes of in's first pbuf */
	bool eof;		/* nothing comes behind `in` */
	bool finished;		/* we have sent our last byte */
	void (*changed)(void *arg);
	void *arg;
};

/* From now on pcb, a connection that is there or is being made, is that of s,
 * and changed(arg) is called when bytes have come or gone, at its ends, and
 * every second. lwIP's callbacks have s as their argument. A new s is zero. */
void uk_stream_open(struct uk_stream *s, struct tcp_pcb *pcb,
		    void (*changed)(void *arg), void *arg);

/* What is first of what came: its bytes, in one piece; 0: there are none. */
size_t uk_stream_peek(const struct uk_stream *s, const void **data);

/* The first n bytes, no more than were seen, are used up. */
void uk_stream_use(struct uk_stream *s, size_t n);

/* Take up to n bytes; returns how many. */
size_t uk_stream_read(struct uk_stream *s, void *to, size_t n);

/* Queue up to n bytes for sending; returns how many. The caller's tcp_output()
 * sends them. */
size_t uk_stream_write(struct uk_stream *s, const void *data, size_t n);

/* Our last byte was queued: the other end gets to know behind it. */
void uk_stream_finish(struct uk_stream *s);

/* No connection any more, in order or (reset) at once; what came is dropped. */
void uk_stream_close(struct uk_stream *s, bool reset);
