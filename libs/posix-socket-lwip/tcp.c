/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP sockets: how they begin and end. */
#include <string.h>
#include <uk/alloc.h>
#include <uk/lwip.h>
#include "tcp.h"

#define ALL (UK_POLL_IN | UK_POLL_OUT | UK_POLL_RDHUP | UK_POLL_HUP | \
	     UK_POLL_ERR)

static const struct uk_socket_ops ops;

void tcp_note_names(struct tcp *t)
{
	const struct tcp_pcb *pcb = t->pcb;
	int family = t->sock.family;

	inet_from_ip(family, &pcb->local_ip, pcb->local_port, &t->local);
	if (!t->sock.listening)
		inet_from_ip(family, &pcb->remote_ip, pcb->remote_port,
			     &t->peer);
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
	struct tcp *t = arg;

	(void)pcb, (void)err;
	t->sock.connecting = false;
	t->connected = true;
	tcp_note_names(t);
	uk_file_changed(&t->sock.file, UK_POLL_OUT);
	return ERR_OK;
}

/* pcb is gone already. */
static void on_error(void *arg, err_t err)
{
	struct tcp *t = arg;

	t->pcb = NULL;
	if (t->listener) {	/* nobody has seen it yet */
		uk_list_del(&t->link);
		uk_file_put(&t->sock.file);
		return;
	}
	if (t->sock.connecting)
		t->sock.error = err == ERR_RST ? ECONNREFUSED : ETIMEDOUT;
	else if (err != ERR_CLSD)
		t->sock.error = -inet_error(err);
	t->sock.connecting = false;
	t->eof = true;
	uk_file_changed(&t->sock.file, ALL);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
	struct tcp *t = arg;

	(void)pcb, (void)len;
	t->stuck = false;
	uk_file_changed(&t->sock.file, UK_POLL_OUT);
	return ERR_OK;
}

/* Now and then: others may have given memory back. */
static err_t on_time(void *arg, struct tcp_pcb *pcb)
{
	struct tcp *t = arg;

	return t && t->stuck ? on_sent(t, pcb, 0) : ERR_OK;
}

struct tcp *tcp_make(int family)
{
	struct tcp *t = uk_calloc(NULL, 1, sizeof(*t));

	if (!t)
		return NULL;
	uk_socket_init(&t->sock, &ops, family, UK_SOCK_STREAM, IP_PROTO_TCP);
	uk_list_init(&t->newcomers);
	uk_list_init(&t->link);
	return t;
}

void tcp_adopt(struct tcp *t, struct tcp_pcb *pcb)
{
	t->pcb = pcb;
	tcp_arg(pcb, t);
	tcp_recv(pcb, tcp_in);
	tcp_sent(pcb, on_sent);
	tcp_err(pcb, on_error);
	tcp_poll(pcb, on_time, 1);
	if (t->nodelay)
		tcp_nagle_disable(pcb);
}

void tcp_leave(struct tcp *t)
{
	struct tcp_pcb *pcb = t->pcb;

	t->pcb = NULL;
	uk_lwip_tcp_leave(pcb);
}

/* It may lie in TIME_WAIT now, of whose end nobody is told. */
void tcp_settle(struct tcp *t)
{
	if (t->pcb && t->eof && t->out_shut)
		tcp_leave(t);
}

/* One to bind or connect: also after a connection that failed. */
static int need_pcb(struct tcp *t)
{
	struct tcp_pcb *pcb;

	if (t->pcb)
		return 0;
	pcb = tcp_new_ip_type(inet_type(t->sock.family));
	if (!pcb)
		return -ENOBUFS;
	if (t->one)
		inet_set_one(t->sock.family, (struct ip_pcb *)pcb, true);
	t->bound = t->eof = false;
	tcp_adopt(t, pcb);
	return 0;
}

static int bind_to(struct uk_socket *s, const struct uk_address *a)
{
	struct tcp *t = tcp_of(s);
	ip_addr_t ip;
	int rc;

	if (t->bound || s->listening || s->connecting || t->connected)
		return -EINVAL;
	inet_to_ip(a, t->one, &ip);
	if (!inet_is_ours(&ip))
		return -EADDRNOTAVAIL;
	rc = need_pcb(t);
	if (!rc)
		rc = inet_error(tcp_bind(t->pcb, &ip, a->port));
	t->bound = !rc;
	return rc;
}

int tcp_bind_any(struct tcp *t)
{
	const struct uk_address any = { .family = (uint16_t)t->sock.family };

	int rc = need_pcb(t);

	return rc || t->bound ? rc : bind_to(&t->sock, &any);
}

static int connect_to(struct uk_socket *s, const struct uk_address *a)
{
	struct tcp *t = tcp_of(s);
	ip_addr_t ip;
	int rc;

	if (a->family == UK_AF_UNSPEC || s->listening)
		return -EOPNOTSUPP;
	if (s->connecting || t->connected)
		return s->connecting ? -EALREADY : -EISCONN;
	rc = need_pcb(t);
	if (rc)
		return rc;
	inet_to_ip(a, t->one, &ip);
	if (ip_addr_isany(&ip))
		inet_loopback(&ip);
	rc = inet_error(tcp_connect(t->pcb, &ip, a->port, on_connected));
	if (rc)
		return rc;
	s->connecting = true;
	s->error = 0;
	inet_work();
	if (s->connecting)
		return -EINPROGRESS;
	rc = -s->error;
	s->error = 0;
	return rc;
}

static int shut(struct uk_socket *s, unsigned int how)
{
	struct tcp *t = tcp_of(s);

	if (!t->connected)
		return -ENOTCONN;
	if (how & UK_SHUT_IN)
		t->in_shut = true;
	if (how & UK_SHUT_OUT && !t->out_shut) {
		t->out_shut = true;
		/* Where it has ended by itself there is nothing to say. */
		if (t->pcb)
			tcp_shutdown(t->pcb, 0, 1);
		tcp_settle(t);
	}
	uk_file_changed(&s->file, ALL);
	inet_work();
	return 0;
}

static int name_of(struct uk_socket *s, bool peer, struct uk_address *a)
{
	struct tcp *t = tcp_of(s);

	if (peer && !t->connected)
		return -ENOTCONN;
	if (t->pcb)
		tcp_note_names(t);
	*a = peer ? t->peer : t->local;
	a->family = (uint16_t)s->family;
	return 0;
}

static void end(struct uk_socket *s)
{
	struct tcp *t = tcp_of(s);
	struct tcp_pcb *pcb = t->pcb;

	tcp_turn_away(t);
	if (pcb && s->listening) {
		tcp_arg(pcb, NULL);
		tcp_close(pcb);
	} else if (pcb) {
		tcp_leave(t);
		/* What was not read makes lwIP send a reset, as it should. */
		if ((s->linger && !s->linger_s) || tcp_close(pcb) != ERR_OK)
			tcp_abort(pcb);
	}
	tcp_drop_in(t);
	uk_free(NULL, t);
	if (pcb)
		inet_work();
}

static const struct uk_socket_ops ops = {
	.bind = bind_to,
	.listen = tcp_start_listening,
	.accept = tcp_take,
	.connect = connect_to,
	.shutdown = shut,
	.name = name_of,
	.send = tcp_send,
	.receive = tcp_receive,
	.set = tcp_set,
	.get = tcp_get,
	.poll = tcp_ready,
	.readable = tcp_readable,
	.close = end,
};

int tcp_create(int family, struct uk_socket **s)
{
	struct tcp *t = tcp_make(family);
	int rc;

	if (!t)
		return -ENOMEM;
	rc = need_pcb(t);
	if (rc)
		uk_free(NULL, t);
	else
		*s = &t->sock;
	return rc;
}
