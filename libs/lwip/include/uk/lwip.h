/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lwIP on network devices. The API is lwIP's "raw" one (<lwip/tcp.h>,
 * <lwip/udp.h>, <lwip/dns.h>): callbacks, which run to completion within
 * uk_lwip_poll() and uk_lwip_wait(), in the one thread that calls these. No
 * other thread and no interrupt handler may call anything of lwIP.
 *
 *	tcp_bind, tcp_listen, tcp_accept ...;
 *	for (;;)
 *		uk_lwip_wait(UKPLAT_FOREVER);
 *
 * All devices that are there at boot are interfaces (init class net). The
 * first one takes its IPv4 address from the command line, all others and
 * without one it, too, by DHCP:
 *	netdev.ip=ADDRESS/BITS netdev.gw=ADDRESS netdev.dns=ADDRESS
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/plat.h>

/* Do what there is to do: frames that came (at most one budget of them for
 * each device), timers that are due, frames to be sent. True: there may be
 * more at once. Never sleeps. */
bool uk_lwip_poll(void);

/* Do what there is to do; where there is nothing, sleep until there is, or
 * until the monotonic clock reaches `until` (ns). May return early. */
void uk_lwip_wait(uint64_t until);

/* Only sleep, for who has work of its own between uk_lwip_poll() and this:
 * until there may be something to do, or `until`. */
void uk_lwip_idle(uint64_t until);

/* No callback of pcb's is called any more: before tcp_close(), or where lwIP
 * may take it back without a word. A connection, not one that listens. */
struct tcp_pcb;
void uk_lwip_tcp_leave(struct tcp_pcb *pcb);

/* Work until the first interface has an IPv4 address: 0. -ETIMEDOUT: not
 * within the time that netdev.wait=SECONDS says (30). -ENODEV: there is no
 * interface. */
int uk_lwip_wait_address(void);
/* What to tell its user then: static storage. */
const char *uk_lwip_why(int rc);
