/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lwIP's options, those that are not lwIP's own defaults. What costs memory is
 * sized in the menu (Config.uk).
 */
#pragma once

#include <uk/config.h>
#include <uk/lwip-table.h>

/* One thread, its own loop, callbacks: no sockets, no locks of lwIP's. */
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#ifdef CONFIG_LIBLWIP_STATS
#define LWIP_STATS 1
#else
#define LWIP_STATS 0
#endif

#ifndef CONFIG_LIBLWIP_ASSERT
#define LWIP_NOASSERT 1
#endif

/* ---- memory: every pool has an end ----------------------------------- */

#define MEM_ALIGNMENT 8
#define MEM_SIZE (CONFIG_LIBLWIP_HEAP_KIB * 1024)
#define MEMP_NUM_TCP_PCB CONFIG_LIBLWIP_CONNECTIONS
#define MEMP_NUM_TCP_PCB_LISTEN CONFIG_LIBLWIP_LISTENERS
/* Each connection may have one for its SYN or FIN, which nobody acknowledges
 * of those who went away: without these, such would leave none for data. */
#define MEMP_NUM_TCP_SEG (CONFIG_LIBLWIP_SEGMENTS + MEMP_NUM_TCP_PCB)
#define MEMP_NUM_UDP_PCB CONFIG_LIBLWIP_UDP
#define MEMP_NUM_RAW_PCB 4
/* What is received lies in buffers of the devices, or in the heap. */
#define PBUF_POOL_SIZE 0
#define LWIP_SUPPORT_CUSTOM_PBUF 1
/* ... of which data gets so much, and one connection half of that at most, less
 * where others want some as well (share.c). */
#define LWIP_SHARED_BUFFERS (CONFIG_LIBUKNETDEV_BUFFERS / 4)
#define LWIP_SHARED_COPIES (MEM_SIZE / 2)
#define LWIP_COPY_COST (TCP_MSS + 160)	/* of a segment, all headers too */
#define UK_LEAST(a, b) ((a) < (b) ? (a) : (b))
/* Timers of users, beside lwIP's own. */
#define MEMP_NUM_SYS_TIMEOUT (LWIP_NUM_SYS_TIMEOUT_INTERNAL + 8)

/* ---- Ethernet, IP ----------------------------------------------------- */

#define LWIP_IPV4 1
#ifdef CONFIG_LIBLWIP_IPV6
#define LWIP_IPV6 1
#else
#define LWIP_IPV6 0
#endif
/* A pointer does not fit into the header of a fragment. */
#define IPV6_FRAG_COPYHEADER 1
#define LWIP_ARP 1
#define ARP_TABLE_SIZE 16
#define ETHARP_SUPPORT_STATIC_ENTRIES 1
/* An address is learnt from who answers us, not from who shouts. */
#define ETHARP_TRUST_IP_MAC 0
#define IP_FORWARD 0
#define IP_OPTIONS_ALLOWED 0
#define LWIP_ICMP 1
#define LWIP_BROADCAST_PING 0
#define LWIP_MULTICAST_PING 0
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_SINGLE_NETIF 0
#ifdef CONFIG_LIBLWIP_RAW
#define LWIP_RAW 1
#else
#define LWIP_RAW 0
#endif

#ifdef CONFIG_LIBLWIP_LOOPBACK
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#else
#define LWIP_NETIF_LOOPBACK 0
#endif

/* All of what comes in is checked, whatever the device says, unless it is
 * believed (LIBUKVIRTIO_NET_RX_OFFLOAD). */
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#define CHECKSUM_CHECK_IP 1
#define CHECKSUM_CHECK_UDP 1
#define CHECKSUM_CHECK_TCP 1
#define CHECKSUM_CHECK_ICMP 1
#define CHECKSUM_CHECK_ICMP6 1
#define LWIP_CHKSUM uk_lwip_checksum
#define LWIP_CHECKSUM_ON_COPY 0

/* ---- DHCP, DNS -------------------------------------------------------- */

#ifdef CONFIG_LIBLWIP_DHCP
#define LWIP_DHCP 1
#else
#define LWIP_DHCP 0
#endif
/* Asking the neighbours whether the address is free takes 6 seconds. */
#define LWIP_DHCP_DOES_ACD_CHECK 0
#define LWIP_ACD 0
#define LWIP_AUTOIP 0
#ifdef CONFIG_LIBLWIP_DNS
#define LWIP_DNS 1
#else
#define LWIP_DNS 0
#endif

/* ---- TCP -------------------------------------------------------------- */

#define LWIP_TCP 1
#define TCP_MSS 1460
/* No larger than what one connection may hold, so that nothing is dropped that
 * was asked for; nor may it fill all that there is to send from. */
#define TCP_WND \
	UK_LEAST(CONFIG_LIBLWIP_WINDOW_KIB * 1024, \
		 (LWIP_SHARED_BUFFERS / 2 + \
		  LWIP_SHARED_COPIES / 2 / LWIP_COPY_COST) * TCP_MSS)
#define TCP_SND_BUF UK_LEAST(CONFIG_LIBLWIP_SEND_KIB * 1024, MEM_SIZE / 2)
#define TCP_SND_QUEUELEN \
	UK_LEAST(4 * TCP_SND_BUF / TCP_MSS, CONFIG_LIBLWIP_SEGMENTS / 2)
#define LWIP_DISABLE_TCP_SANITY_CHECKS \
	(TCP_SND_QUEUELEN < 2 * TCP_SND_BUF / TCP_MSS)
/* The other side's window is scaled in any case, ours where it has to be. */
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE \
	(CONFIG_LIBLWIP_WINDOW_KIB < 64 ? 0 : \
	 CONFIG_LIBLWIP_WINDOW_KIB < 256 ? 2 : 5)
#define LWIP_TCP_SACK_OUT 1
#define TCP_QUEUE_OOSEQ 1
/* What is out of order holds buffers that nobody has asked for. */
#define TCP_OOSEQ_MAX_PBUFS 8
#define TCP_OOSEQ_MAX_BYTES TCP_WND
#define TCP_LISTEN_BACKLOG 1
#define TCP_DEFAULT_LISTEN_BACKLOG 255
#define LWIP_TCP_KEEPALIVE 1
#define SO_REUSE 1
/* Late packets are waited for for a minute in all. */
#define TCP_MSL 30000

/* ---- hooks ------------------------------------------------------------ */

#define LWIP_HOOK_FILENAME "hooks.h"
#define LWIP_HOOK_TCP_ISN uk_lwip_tcp_isn
