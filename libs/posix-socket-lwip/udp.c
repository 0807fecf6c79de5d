/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP sockets. Errors that others report (ICMP) are not told. */
#include <lwip/udp.h>
#include <uk/alloc.h>
#include <uk/essentials.h>
#include "inet.h"

#define KEPT 16		/* datagrams that nobody has read; more are dropped */
#define FRAME 1472	/* bytes in one that is not in fragments */
#define LEN_MOST 65507	/* bytes of a datagram over IPv4 */

struct udp {
	struct uk_socket sock;
	struct udp_pcb *pcb;
	bool connected, in_shut, out_shut, one;
	unsigned int first, n;	/* of these */
	struct {
		struct pbuf *p;
		ip_addr_t ip;
		u16_t port;
	} in[KEPT];
};

static struct udp *udp_of(struct uk_socket *s)
{
	return uk_container_of(s, struct udp, sock);
}

static void on_datagram(void *arg, struct udp_pcb *pcb, struct pbuf *p,
			const ip_addr_t *ip, u16_t port)
{
	struct udp *u = arg;
	unsigned int i = (u->first + u->n) % KEPT;

	(void)pcb;
	if (u->n == KEPT || u->in_shut) {
		pbuf_free(p);
		return;
	}
	u->in[i].p = inet_keep(p);
	u->in[i].ip = *ip;
	u->in[i].port = port;
	u->n++;
	uk_file_changed(&u->sock.file, UK_POLL_IN);
}

static void drop_first(struct udp *u)
{
	inet_let_go(u->in[u->first].p);
	u->first = (u->first + 1) % KEPT;
	u->n--;
}

static int bind_to(struct uk_socket *s, const struct uk_address *a)
{
	struct udp *u = udp_of(s);
	ip_addr_t ip;

	if (u->pcb->local_port)
		return -EINVAL;
	inet_to_ip(a, u->one, &ip);
	if (!inet_is_ours(&ip))
		return -EADDRNOTAVAIL;
	return inet_error(udp_bind(u->pcb, &ip, a->port));
}

static int connect_to(struct uk_socket *s, const struct uk_address *a)
{
	struct udp *u = udp_of(s);
	ip_addr_t ip;
	int rc;

	if (a->family == UK_AF_UNSPEC) {
		udp_disconnect(u->pcb);
		u->connected = false;
		return 0;
	}
	inet_to_ip(a, u->one, &ip);
	if (ip_addr_isany(&ip))
		inet_loopback(&ip);
	rc = inet_error(udp_connect(u->pcb, &ip, a->port));
	if (!rc)
		u->connected = true;
	return rc;
}

static int shut(struct uk_socket *s, unsigned int how)
{
	struct udp *u = udp_of(s);

	if (!u->connected)
		return -ENOTCONN;
	u->in_shut |= how & UK_SHUT_IN;
	u->out_shut |= !!(how & UK_SHUT_OUT);
	uk_file_changed(&s->file, UK_POLL_IN | UK_POLL_OUT | UK_POLL_HUP);
	return 0;
}

static int name_of(struct uk_socket *s, bool peer, struct uk_address *a)
{
	struct udp *u = udp_of(s);

	if (peer && !u->connected)
		return -ENOTCONN;
	if (peer)
		inet_from_ip(s->family, &u->pcb->remote_ip,
			     u->pcb->remote_port, a);
	else
		inet_from_ip(s->family, &u->pcb->local_ip, u->pcb->local_port,
			     a);
	return 0;
}

static long send_one(struct uk_socket *s, struct uk_iter *from,
		     const struct uk_address *to, unsigned int flags)
{
	struct udp *u = udp_of(s);
	size_t len = from->left;
	struct pbuf *p;
	ip_addr_t ip;
	int rc;

	(void)flags;
	if (u->out_shut)
		return -EPIPE;
	if (!to && !u->connected)
		return -EDESTADDRREQ;
	if (len > LEN_MOST)
		return -EMSGSIZE;
	if (to && !to->port)
		return -EINVAL;
	p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)len, PBUF_RAM);
	if (!p)
		return -ENOBUFS;
	uk_iter_get(from, p->payload, len);
	if (to) {
		inet_to_ip(to, u->one, &ip);
		if (ip_addr_isany(&ip))
			inet_loopback(&ip);
		rc = inet_error(udp_sendto(u->pcb, p, &ip, to->port));
	} else {
		rc = inet_error(udp_send(u->pcb, p));
	}
	pbuf_free(p);
	inet_work();
	if (rc)
		from->left = len;	/* none of it has gone */
	return rc ? rc : (long)len;
}

/* The whole of the first one is taken, whatever there is room for. */
static long receive_one(struct uk_socket *s, struct uk_iter *to,
			struct uk_address *from, unsigned int *flags)
{
	unsigned int given = *flags;
	struct udp *u = udp_of(s);
	const struct pbuf *p;
	size_t all, n = 0;

	*flags = 0;
	if (!u->n)
		return u->in_shut ? 0 : -EAGAIN;
	p = u->in[u->first].p;
	all = p->tot_len;
	for (; p; p = p->next)
		n += uk_iter_put(to, p->payload, p->len);
	inet_from_ip(s->family, &u->in[u->first].ip, u->in[u->first].port,
		     from);
	if (n < all)
		*flags = UK_MSG_TRUNC;
	if (!(given & UK_MSG_PEEK))
		drop_first(u);
	return (long)(given & UK_MSG_TRUNC ? all : n);
}

static int set(struct uk_socket *s, int level, int name, int value)
{
	struct udp *u = udp_of(s);
	struct ip_pcb *pcb = (struct ip_pcb *)u->pcb;
	int rc;

	if (level != IPV6_LEVEL || name != IPV6_V6ONLY)
		return inet_set(pcb, level, name, value);
	if (u->pcb->local_port)
		return -EINVAL;
	rc = inet_set_one(s->family, pcb, value);
	if (!rc)
		u->one = value;
	return rc;
}

static int get(struct uk_socket *s, int level, int name, int *value)
{
	struct udp *u = udp_of(s);

	if (level == UK_SOL_SOCKET && name == UK_SO_RCVBUF)
		*value = KEPT * FRAME;
	else if (level == UK_SOL_SOCKET && name == UK_SO_SNDBUF)
		*value = LEN_MOST;
	else if (level == IPV6_LEVEL && name == IPV6_V6ONLY)
		*value = u->one;
	else
		return inet_get((struct ip_pcb *)u->pcb, level, name, value);
	return 0;
}

static unsigned int ready(struct uk_socket *s)
{
	const struct udp *u = udp_of(s);

	return UK_POLL_OUT | (u->n || u->in_shut ? UK_POLL_IN : 0) |
	       (u->in_shut ? UK_POLL_RDHUP : 0) |
	       (u->in_shut && u->out_shut ? UK_POLL_HUP : 0);
}

static int readable(struct uk_socket *s)
{
	const struct udp *u = udp_of(s);

	return u->n ? u->in[u->first].p->tot_len : 0;
}

static void end(struct uk_socket *s)
{
	struct udp *u = udp_of(s);

	udp_remove(u->pcb);
	while (u->n)
		drop_first(u);
	uk_free(NULL, u);
}

static const struct uk_socket_ops ops = {
	.bind = bind_to,
	.connect = connect_to,
	.shutdown = shut,
	.name = name_of,
	.send = send_one,
	.receive = receive_one,
	.set = set,
	.get = get,
	.poll = ready,
	.readable = readable,
	.close = end,
};

int udp_create(int family, struct uk_socket **s)
{
	struct udp *u = uk_calloc(NULL, 1, sizeof(*u));

	if (!u)
		return -ENOMEM;
	u->pcb = udp_new_ip_type(inet_type(family));
	if (!u->pcb) {
		uk_free(NULL, u);
		return -ENOBUFS;
	}
	uk_socket_init(&u->sock, &ops, family, UK_SOCK_DGRAM, IP_PROTO_UDP);
	udp_recv(u->pcb, on_datagram, u);
	*s = &u->sock;
	return 0;
}
