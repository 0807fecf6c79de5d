/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_socket_lwip: a TCP socket. */
#pragma once

#include <lwip/tcp.h>
#include <uk/list.h>
#include "inet.h"

struct tcp {
	struct uk_socket sock;
	struct tcp_pcb *pcb;	/* NULL: lwIP has done with it, or we have */
	/* What came and was not read. Linked by `next` alone: other members
	 * are those of the time when it came. */
	struct pbuf *in, *in_last;
	size_t n_in, used;	/* bytes of all, and read of the first */
	bool bound, connected;
	bool eof;		/* nothing comes any more */
	bool in_shut, out_shut;	/* by shutdown() */
	bool stuck;		/* no memory for what was to be sent */
	bool nodelay, one;	/* TCP_NODELAY, IPV6_V6ONLY */
	struct uk_address local, peer;	/* of a connection */
	struct uk_link newcomers;	/* of who listens: not yet accepted */
	struct uk_link link;		/* there */
	struct tcp *listener;
};

static inline struct tcp *tcp_of(struct uk_socket *s)
{
	return uk_container_of(s, struct tcp, sock);
}

/* tcp.c: an object without a connection. NULL: no memory. */
struct tcp *tcp_make(int family);
/* pcb is t's: its callbacks. */
void tcp_adopt(struct tcp *t, struct tcp_pcb *pcb);
/* It is not any more; what goes on with it is lwIP's. */
void tcp_leave(struct tcp *t);
/* Who is at both ends, while there is somebody to ask. */
void tcp_note_names(struct tcp *t);
/* Both directions have ended: nothing is to be heard of pcb. */
void tcp_settle(struct tcp *t);
int tcp_bind_any(struct tcp *t);

/* stream.c */
err_t tcp_in(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err);
long tcp_send(struct uk_socket *s, struct uk_iter *from,
	      const struct uk_address *to, unsigned int flags);
long tcp_receive(struct uk_socket *s, struct uk_iter *to,
		 struct uk_address *from, unsigned int *flags);
unsigned int tcp_ready(struct uk_socket *s);
int tcp_readable(struct uk_socket *s);
/* Drop all that came and was not read. */
void tcp_drop_in(struct tcp *t);

/* listen.c */
int tcp_start_listening(struct uk_socket *s, int backlog);
int tcp_take(struct uk_socket *s, struct uk_socket **newer);
/* Nobody will accept them. */
void tcp_turn_away(struct tcp *t);

/* option.c */
int tcp_set(struct uk_socket *s, int level, int name, int value);
int tcp_get(struct uk_socket *s, int level, int name, int *value);
