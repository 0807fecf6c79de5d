/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses: of the command line, or by DHCP. */
#include <lwip/dhcp.h>
#include <lwip/dns.h>
#include <lwip/ip4_addr.h>
#include <stdlib.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/param.h>
#include <uk/print.h>
#include "port.h"

static ip4_addr_t ip UK_RO_AFTER_INIT_ZERO, mask UK_RO_AFTER_INIT_ZERO;
static ip4_addr_t gw UK_RO_AFTER_INIT_ZERO, dns UK_RO_AFTER_INIT_ZERO;

/* Four decimal numbers with dots and nothing else: *end is what follows. */
static bool dotted(const char *s, const char **end, ip4_addr_t *out)
{
	uint32_t v = 0;
	int i;

	for (i = 0; i < 4; i++) {
		unsigned int part = 0, digits = 0;

		for (; *s >= '0' && *s <= '9' && digits < 3; s++, digits++)
			part = part * 10 + (unsigned int)(*s - '0');
		if (digits == 0 || part > 255 || (i < 3 && *s++ != '.'))
			return false;
		v = v << 8 | part;
	}
	*end = s;
	ip4_addr_set_u32(out, lwip_htonl(v));
	return true;
}

static int single(const char *value, bool apply, ip4_addr_t *var)
{
	ip4_addr_t v;
	const char *end;

	if (!dotted(value, &end, &v) || *end || ip4_addr_isany_val(v) ||
	    ip4_addr_ismulticast(&v))
		return -EINVAL;
	if (apply)
		*var = v;
	return 0;
}

static int set_gw(const char *value, bool apply)
{
	return single(value, apply, &gw);
}

static int set_dns(const char *value, bool apply)
{
	return single(value, apply, &dns);
}

static int set_ip(const char *value, bool apply)
{
	const char *slash = strchr(value, '/'), *end;
	unsigned int bits = 0;
	ip4_addr_t v;

	if (!slash || !dotted(value, &end, &v) || end != slash ||
	    ip4_addr_isany_val(v) || ip4_addr_ismulticast(&v))
		return -EINVAL;
	for (end++; *end >= '0' && *end <= '9' && bits <= 32; end++)
		bits = bits * 10 + (unsigned int)(*end - '0');
	if (*end || bits < 1 || bits > 32)
		return -EINVAL;
	if (apply) {
		ip = v;
		ip4_addr_set_u32(&mask, lwip_htonl(~0u << (32 - bits)));
	}
	return 0;
}

UK_PARAM_PARSER(netdev, ip, set_ip, "ADDRESS/BITS",
		"IPv4 address of the first network device (else DHCP)");
UK_PARAM_PARSER(netdev, gw, set_gw, "ADDRESS", "IPv4 router");
UK_PARAM_PARSER(netdev, dns, set_dns, "ADDRESS", "IPv4 name server");

/* Called for each change of the interface; says one thing of it. */
static void tell(struct netif *netif)
{
	struct lwip_if *i = netif->state;

	if (ip4_addr_eq(&i->told, netif_ip4_addr(netif)))
		return;
	i->told = *netif_ip4_addr(netif);
	uk_pr_info("%c%c%u: %s\n", netif->name[0], netif->name[1], netif->num,
		   ip4addr_ntoa(netif_ip4_addr(netif)));
}

int lwip_address_start(struct netif *netif, bool first)
{
	netif_set_status_callback(netif, tell);
	if (first && !ip4_addr_isany_val(ip))
		netif_set_addr(netif, &ip, &mask, &gw);
	netif_set_up(netif);
#if LWIP_DNS
	if (first && !ip4_addr_isany_val(dns)) {
		ip_addr_t server;

		ip_addr_copy_from_ip4(server, dns);
		dns_setserver(0, &server);
	}
#endif
#if LWIP_DHCP
	if ((!first || ip4_addr_isany_val(ip)) && dhcp_start(netif) != ERR_OK)
		return -ENOMEM;
#endif
	return 0;
}
