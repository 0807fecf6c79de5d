/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ping: answers echo requests, as any image with lwIP does, and sends some to
 * an address on its command line. Exit status as of ping(8): 0 there were
 * answers, 1 there were none, 2 anything else.
 */
#include <errno.h>
#include <lwip/netif.h>
#include <stdio.h>
#include <uk/lwip.h>
#include <uk/time.h>
#include "echo.h"

static bool parse_address(const char *text, ip_addr_t *to)
{
	if (!ipaddr_aton(text, to) || ip_addr_isany(to))
		return false;
#if LWIP_IPV6
	/* One that is valid on a link only: on the first. */
	if (IP_IS_V6(to) && netif_default)
		ip6_addr_assign_zone(ip_2_ip6(to), IP6_UNKNOWN, netif_default);
#endif
	return true;
}

static void print_ms(const char *before, uint64_t us)
{
	printf("%s%llu.%03llu", before, (unsigned long long)us / 1000,
	       (unsigned long long)us % 1000);
}

static void print_summary(const char *address, const struct summary *s)
{
	printf("\n--- %s ping statistics ---\n", address);
	printf("%u packets transmitted, %u received, ", (unsigned int)s->sent,
	       (unsigned int)s->received);
	if (s->duplicates)
		printf("+%u duplicates, ", (unsigned int)s->duplicates);
	printf("%u%% packet loss, time %llums\n",
	       (unsigned int)summary_loss(s), (unsigned long long)s->ms);
	if (!s->received)
		return;
	print_ms("rtt min/avg/max/mdev = ", s->min);
	print_ms("/", summary_mean(s));
	print_ms("/", s->max);
	print_ms("/", summary_spread(s));
	puts(" ms");
}

static int ping(const struct options *o, const ip_addr_t *to)
{
	struct summary s = { 0 };
	int rc;

	printf("PING %s: %u data bytes\n", o->address, (unsigned int)o->size);
	rc = echo_run(to, o, &s);
	if (rc) {
		printf("ping: %s\n", rc == -ENOMEM ? "no memory" :
		       "no address of ours to send from");
		return 2;
	}
	print_summary(o->address, &s);
	return s.received ? 0 : 1;
}

int main(int argc, char *argv[])
{
	struct options o;
	ip_addr_t to = { 0 };
	const char *wrong = options_parse(argc, argv, &o);
	int rc = 0;

	if (!wrong && o.address && !parse_address(o.address, &to))
		wrong = "want an address, as 10.0.2.2 or fe80::1";
	if (wrong) {
		printf("ping: %s\n", wrong);
		return 2;
	}
	if (!o.address || !IP_IS_V6(&to))
		rc = uk_lwip_wait_address();
	else if (!netif_default)
		rc = -ENODEV;
	if (rc) {
		printf("ping: %s\n", uk_lwip_why(rc));
		return 2;
	}
	if (o.address)
		return ping(&o, &to);
	printf("ping: answering as %s\n",
	       ip4addr_ntoa(netif_ip4_addr(netif_default)));
	for (;;)
		uk_lwip_wait(UKPLAT_FOREVER);
}
