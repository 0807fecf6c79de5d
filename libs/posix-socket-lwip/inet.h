/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_socket_lwip. */
#pragma once

#include <stdbool.h>
#include <lwip/ip.h>
#include <uk/socket.h>

/* loop.c: let lwIP do what there is to do, frames that wait to be sent above
 * all. The last step of a call: any connection may be gone after it. */
void inet_work(void);
/* Before the first socket: -ENOMEM. */
int inet_start(void);

/* keep.c: p, or what stands in its place, for a while; never NULL. Then to be
 * let go, as a whole or each of its parts. */
struct pbuf *inet_keep(struct pbuf *p);
void inet_let_go(struct pbuf *p);

/* error.c: one of lwIP's as a negative errno; 0 for ERR_OK. */
int inet_error(err_t err);

/* address4.c or address6.c: with or without IPv6 in the stack. */
int inet_register(int (*create)(int family, int type, int protocol,
				struct uk_socket **s));
/* IPADDR_TYPE_* for a socket of this family. */
u8_t inet_type(int family);
/* a, which is of the socket's family. one: only IPv6, no mapped addresses. */
void inet_to_ip(const struct uk_address *a, bool one, ip_addr_t *ip);
void inet_from_ip(int family, const ip_addr_t *ip, u16_t port,
		  struct uk_address *a);
/* May a socket be bound to it: one of ours, or any? */
bool inet_is_ours(const ip_addr_t *ip);
/* In the place of no address: this machine itself. */
void inet_loopback(ip_addr_t *ip);
/* Only IPv6 from now on, or both. -ENOPROTOOPT: it is not of IPv6. */
int inet_set_one(int family, struct ip_pcb *pcb, bool one);

/* option.c: those of IP and below. Both: -ENOPROTOOPT. */
int inet_set(struct ip_pcb *pcb, int level, int name, int value);
int inet_get(const struct ip_pcb *pcb, int level, int name, int *value);

#define IPV6_LEVEL 41
#define IPV6_V6ONLY 26

int tcp_create(int family, struct uk_socket **s);
int udp_create(int family, struct uk_socket **s);
