/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses where the stack knows IPv4 only. */
#include <string.h>
#include <lwip/netif.h>
#include "inet.h"

int inet_register(int (*create)(int family, int type, int protocol,
				struct uk_socket **s))
{
	static struct uk_socket_family in4 UK_RO_AFTER_INIT = {
		.family = UK_AF_INET,
	};

	in4.create = create;
	return uk_socket_register(&in4);
}

u8_t inet_type(int family)
{
	(void)family;
	return IPADDR_TYPE_V4;
}

void inet_to_ip(const struct uk_address *a, bool one, ip_addr_t *ip)
{
	(void)one;
	memcpy(ip, a->ip, sizeof(*ip));
}

void inet_from_ip(int family, const ip_addr_t *ip, u16_t port,
		  struct uk_address *a)
{
	*a = (struct uk_address){ .family = (uint16_t)family, .port = port };
	memcpy(a->ip, ip, sizeof(*ip));
}

bool inet_is_ours(const ip_addr_t *ip)
{
	struct netif *n;

	if (ip4_addr_isany(ip) || ip4_addr_isloopback(ip) ||
	    ip4_addr_ismulticast(ip))
		return true;
	NETIF_FOREACH(n)
		if (ip4_addr_eq(ip, netif_ip4_addr(n)))
			return true;
	return false;
}

void inet_loopback(ip_addr_t *ip)
{
	ip4_addr_set_loopback(ip);
}

int inet_set_one(int family, struct ip_pcb *pcb, bool one)
{
	(void)family, (void)pcb, (void)one;
	return -ENOPROTOOPT;
}
