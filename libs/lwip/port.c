/* SPDX-License-Identifier: BSD-3-Clause */
/* What lwIP asks of its host: time, randomness, and a way to die. */
#include <lwip/ip_addr.h>
#include <lwip/sys.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/swrand.h>
#include <uk/time.h>
#include "hooks.h"
#include "port.h"
#include "siphash.h"

static uint64_t isn_key[2] UK_RO_AFTER_INIT_ZERO;
static bool has_floor;
static u32_t isn_floor;

u32_t sys_now(void)
{
	return (u32_t)(uk_time_ns() / UK_NSEC_PER_MSEC);
}

uint32_t uk_lwip_random(void)
{
	return uk_swrand_u32();
}

uint16_t uk_lwip_random16(void)
{
	static uint16_t drawn[32];
	static unsigned int left;

	if (left == 0) {
		left = UK_ARRAY_SIZE(drawn);
		uk_swrand_fill(drawn, sizeof(drawn));
	}
	return drawn[--left];
}

void uk_lwip_assert_failed(const char *file, int line)
{
	uk_crash(UK_DEATH_ASSERT, "lwIP: %s:%d", file, line);
}

void lwip_port_init(void)
{
	uk_swrand_fill(isn_key, sizeof(isn_key));
}

void lwip_isn_above(const u32_t *seqno)
{
	has_floor = seqno != NULL;
	if (seqno)
		isn_floor = *seqno;
}

/* A tick of the clock below, ns. RFC 6528 has 4 microseconds, in which on this
 * machine itself a connection comes and goes. */
#define ISN_TICK 64

/*
 * Initial sequence numbers by RFC 6528: a clock, and a secret function of both
 * ends, so that nobody can tell a connection's number from those of others, and
 * that a connection's next incarnation begins above its last.
 */
u32_t uk_lwip_tcp_isn(const ip_addr_t *local_ip, u16_t local_port,
		      const ip_addr_t *remote_ip, u16_t remote_port)
{
	uint64_t words[5] = { (uint64_t)local_port << 16 | remote_port };
	size_t n = 3;
	uint32_t clock = (uint32_t)(uk_time_ns() / ISN_TICK);
	uint32_t isn;

#if LWIP_IPV6
	if (IP_IS_V6(local_ip)) {
		memcpy(words + 1, ip_2_ip6(local_ip)->addr, 16);
		memcpy(words + 3, ip_2_ip6(remote_ip)->addr, 16);
		n = 5;
	} else
#endif
	{
		words[1] = ip4_addr_get_u32(ip_2_ip4(local_ip));
		words[2] = ip4_addr_get_u32(ip_2_ip4(remote_ip));
	}
	isn = clock + (uint32_t)lwip_siphash(isn_key, words, n);
	/* Sent faster than the clock runs */
	if (has_floor && (s32_t)(isn - isn_floor) <= 0)
		isn = isn_floor + 1 + uk_lwip_random16();
	return isn;
}
