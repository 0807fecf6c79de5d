/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses of both kinds; those of IPv4 in IPv6's form are ::ffff:a.b.c.d. */
#include <string.h>
#include <lwip/netif.h>
#include "inet.h"

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

int inet_register(int (*create)(int family, int type, int protocol,
				struct uk_socket **s))
{
	static struct uk_socket_family both[2] UK_RO_AFTER_INIT = {
		{ .family = UK_AF_INET }, { .family = UK_AF_INET6 },
	};
	int rc;

	both[0].create = both[1].create = create;
	rc = uk_socket_register(&both[0]);
	return rc ? rc : uk_socket_register(&both[1]);
}

u8_t inet_type(int family)
{
	return family == UK_AF_INET ? IPADDR_TYPE_V4 : IPADDR_TYPE_ANY;
}

void inet_to_ip(const struct uk_address *a, bool one, ip_addr_t *ip)
{
	memset(ip, 0, sizeof(*ip));
	if (a->family == UK_AF_INET) {
		IP_SET_TYPE(ip, IPADDR_TYPE_V4);
		memcpy(ip_2_ip4(ip), a->ip, 4);
	} else if (!one && !memcmp(a->ip, mapped, sizeof(mapped))) {
		IP_SET_TYPE(ip, IPADDR_TYPE_V4);
		memcpy(ip_2_ip4(ip), a->ip + sizeof(mapped), 4);
	} else {
		IP_SET_TYPE(ip, IPADDR_TYPE_V6);
		memcpy(ip_2_ip6(ip)->addr, a->ip, 16);
		if (a->scope < 256 && ip6_addr_has_scope(ip_2_ip6(ip),
							 IP6_UNKNOWN))
			ip6_addr_set_zone(ip_2_ip6(ip), (u8_t)a->scope);
		if (!one && ip6_addr_isany(ip_2_ip6(ip)))
			IP_SET_TYPE(ip, IPADDR_TYPE_ANY);
	}
}

void inet_from_ip(int family, const ip_addr_t *ip, u16_t port,
		  struct uk_address *a)
{
	*a = (struct uk_address){ .family = (uint16_t)family, .port = port };
	if (IP_GET_TYPE(ip) != IPADDR_TYPE_V4) {
		memcpy(a->ip, ip_2_ip6(ip)->addr, 16);
		a->scope = ip6_addr_zone(ip_2_ip6(ip));
	} else if (family == UK_AF_INET) {
		memcpy(a->ip, ip_2_ip4(ip), 4);
	} else if (!ip4_addr_isany(ip_2_ip4(ip))) {
		memcpy(a->ip, mapped, sizeof(mapped));
		memcpy(a->ip + sizeof(mapped), ip_2_ip4(ip), 4);
	}
}

bool inet_is_ours(const ip_addr_t *ip)
{
	struct netif *n;

	if (ip_addr_isany(ip) || ip_addr_isloopback(ip) ||
	    ip_addr_ismulticast(ip))
		return true;
	NETIF_FOREACH(n) {
		if (IP_IS_V4(ip) ?
		    ip4_addr_eq(ip_2_ip4(ip), netif_ip4_addr(n)) :
		    netif_get_ip6_addr_match(n, ip_2_ip6(ip)) >= 0)
			return true;
	}
	return false;
}

void inet_loopback(ip_addr_t *ip)
{
	if (IP_IS_V4(ip))
		ip_addr_set_loopback_val(0, *ip);
	else
		ip_addr_set_loopback_val(1, *ip);
}

int inet_set_one(int family, struct ip_pcb *pcb, bool one)
{
	u8_t type = one ? IPADDR_TYPE_V6 : IPADDR_TYPE_ANY;

	if (family != UK_AF_INET6)
		return -ENOPROTOOPT;
	IP_SET_TYPE_VAL(pcb->local_ip, type);
	IP_SET_TYPE_VAL(pcb->remote_ip, type);
	return 0;
}
