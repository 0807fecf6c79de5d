/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place where lwIP's work is done. */
#include <lwip/init.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/timeouts.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/lwip.h>
#include <uk/param.h>
#include <uk/print.h>
#include <uk/time.h>
#include "port.h"

static int wait_s UK_RO_AFTER_INIT = 30;
UK_PARAM_RANGE(netdev, wait, &wait_s, 1, 3600,
	       "seconds to wait for an address");

bool uk_lwip_poll(void)
{
	struct lwip_if *i;
	bool more = false, room = false;

	for (i = lwip_ifs; i < lwip_ifs + lwip_n_ifs; i++) {
		more |= lwip_if_input(i);
		room |= i->full;
		i->full = false;
	}
	sys_check_timeouts();
	/* What found no room is tried again now, not at the next timer. */
	if (room)
		tcp_txnow();
#if LWIP_NETIF_LOOPBACK
	lwip_if_loop();
#endif
	for (i = lwip_ifs; i < lwip_ifs + lwip_n_ifs; i++) {
		i->full |= lwip_offload_flush(i) == -EAGAIN;
		i->dev->ops->tx_flush(i->dev);
	}
	return more;
}

void uk_lwip_tcp_leave(struct tcp_pcb *pcb)
{
	tcp_arg(pcb, NULL);
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
	tcp_poll(pcb, NULL, 0);
}

void uk_lwip_wait(uint64_t until)
{
	if (!uk_lwip_poll())
		uk_lwip_idle(until);
}

void uk_lwip_idle(uint64_t until)
{
	u32_t ms = sys_timeouts_sleeptime();
	uint64_t due;

	if (ms != SYS_TIMEOUTS_SLEEPTIME_INFINITE) {
		/* sys_now() counts whole milliseconds: up to the end of it. */
		due = uk_time_ns() + ms * UK_NSEC_PER_MSEC;
		due -= due % UK_NSEC_PER_MSEC;
		until = UK_MIN(until, due);
	}
	uk_netdev_wait(until);
}

int uk_lwip_wait_address(void)
{
	uint64_t until = uk_time_ns() + (uint64_t)wait_s * UK_NSEC_PER_SEC;
	struct netif *netif = &lwip_ifs[0].netif;

	if (lwip_n_ifs == 0)
		return -ENODEV;
	while (ip4_addr_isany(netif_ip4_addr(netif))) {
		if (uk_time_ns() >= until)
			return -ETIMEDOUT;
		uk_lwip_wait(until);
	}
	return 0;
}

const char *uk_lwip_why(int rc)
{
	return rc == -ENODEV ?
		"no network device (QEMU: -device virtio-net-pci)" :
		"no address by DHCP; give one: netdev.ip=10.0.2.15/24 --";
}

static int start(void)
{
	unsigned int i;
	int rc;

	lwip_port_init();
	lwip_table_init();
	lwip_share_init();
	lwip_init();
	for (i = 0; i < uk_netdev_count(); i++) {
		rc = lwip_if_add(&lwip_ifs[i], uk_netdev_get(i));
		if (rc == 0)
			rc = lwip_address_start(&lwip_ifs[i].netif, i == 0);
		if (rc)
			return rc;
		lwip_n_ifs++;
	}
	if (lwip_n_ifs > 0)
		netif_set_default(&lwip_ifs[0].netif);
	else
		uk_pr_warn("no network device: nothing is reached\n");
	return 0;
}
uk_net_initcall(start);
