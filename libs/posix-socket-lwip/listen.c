/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP sockets that wait for others. */
#include <uk/essentials.h>
#include "tcp.h"

#define BACKLOG_MOST 255	/* lwIP's */

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
	struct tcp *t = arg, *newer;

	if (!t || !pcb || err != ERR_OK)
		return ERR_VAL;
	newer = tcp_make(t->sock.family);
	if (!newer)
		return ERR_MEM;	/* the client is sent away */
	newer->nodelay = t->nodelay;
	newer->one = t->one;
	newer->bound = newer->connected = true;
	newer->listener = t;
	tcp_adopt(newer, pcb);
	tcp_note_names(newer);
	tcp_backlog_delayed(pcb);
	uk_list_add_tail(&t->newcomers, &newer->link);
	uk_file_changed(&t->sock.file, UK_POLL_IN);
	return ERR_OK;
}

int tcp_start_listening(struct uk_socket *s, int backlog)
{
	u8_t most = (u8_t)UK_MIN(backlog, BACKLOG_MOST);
	struct tcp *t = tcp_of(s);
	struct tcp_pcb *pcb;
	err_t err;
	int rc;

	if (s->listening) {
		tcp_backlog_set(t->pcb, most);
		return 0;
	}
	if (s->connecting || t->connected)
		return -EINVAL;
	rc = tcp_bind_any(t);
	if (rc)
		return rc;
	pcb = tcp_listen_with_backlog_and_err(t->pcb, most, &err);
	if (!pcb)
		return inet_error(err);
	t->pcb = pcb;
	s->listening = true;
	tcp_accept(pcb, on_accept);
	return 0;
}

int tcp_take(struct uk_socket *s, struct uk_socket **newer)
{
	struct uk_link *l = uk_list_pop(&tcp_of(s)->newcomers);
	struct tcp *t;

	if (!s->listening)
		return -EINVAL;
	if (!l)
		return -EAGAIN;
	t = uk_list_entry(l, struct tcp, link);
	t->listener = NULL;
	if (t->pcb)
		tcp_backlog_accepted(t->pcb);
	*newer = &t->sock;
	return 0;
}

void tcp_turn_away(struct tcp *t)
{
	struct uk_link *l;

	while ((l = uk_list_pop(&t->newcomers))) {
		struct tcp *n = uk_list_entry(l, struct tcp, link);
		struct tcp_pcb *pcb = n->pcb;

		n->listener = NULL;
		if (pcb) {
			tcp_leave(n);
			tcp_abort(pcb);
		}
		uk_file_put(&n->sock.file);
	}
}
