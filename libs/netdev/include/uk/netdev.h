/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Network devices: a driver registers what it found (init class dev), a stack
 * takes frames from it and gives it frames. One receive and one transmit queue
 * a device; interrupts where there are any, polling with a budget always.
 * Thread context, one thread, unless it says otherwise.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/essentials.h>
#include <uk/netbuf.h>

#define UK_NETDEV_MAX 8
#define UK_NETDEV_MTU 1500	/* bytes behind the 14 of Ethernet's header */
#define UK_NETDEV_FRAME (UK_NETDEV_MTU + 14)

/* What a device can do to a frame that is sent (uk/netbuf.h): TCP's and UDP's
 * checksums, cutting one large TCP frame over IPv4 or IPv6 into several. */
#define UK_NETDEV_SUM 1u
#define UK_NETDEV_TSO4 2u
#define UK_NETDEV_TSO6 4u

struct uk_netdev;

/* What a driver does. Read-only memory. */
struct uk_netdev_ops {
	/*
	 * Send the frame in b, of dev->pieces pieces at most, which is the
	 * driver's from then on (0). UK_NETBUF_HEADROOM bytes are free before
	 * it. -EAGAIN: no room now, b stays the caller's; the device's event
	 * comes when there is room. -EINVAL: too many pieces, b stays. -EIO:
	 * the device is stopped, b stays.
	 */
	int (*tx)(struct uk_netdev *dev, struct uk_netbuf *b);
	/* Tell the device of what was sent since last time. */
	void (*tx_flush)(struct uk_netdev *dev);
	/* Up to n frames that have come, each in one or more pieces, none of
	 * them empty, the first one with Ethernet's header at least; each is
	 * the caller's. Returns how many; 0 also for a device that is
	 * stopped. */
	unsigned int (*rx)(struct uk_netdev *dev, struct uk_netbuf **frames,
			   unsigned int n);
	/* Let the next frame, or room where there was none, be an event. True:
	 * there is something to do already. */
	bool (*arm)(struct uk_netdev *dev);
};

struct uk_netdev {
	const struct uk_netdev_ops *ops;
	const char *name;	/* "virtio-net", static storage */
	uint8_t mac[6];
	uint16_t mtu;		/* 68 to UK_NETDEV_MTU */
	uint8_t can;		/* UK_NETDEV_*; TSO only with SUM */
	uint8_t pieces;		/* of a frame that is sent; 0 and 1: one */
	bool polled;		/* no interrupts: look often */
	bool stopped;		/* for good */
	volatile bool event;	/* set by uk_netdev_event, cleared by waiters */
	struct {
		uint64_t rx_frames, rx_bytes, tx_frames, tx_bytes;
		uint64_t rx_bad;	/* shorter than a header, or longer */
		uint64_t tx_full;	/* refused with -EAGAIN */
	} stats;
};

/* For drivers, init class dev: ops, name, mac, mtu are set; dev lives for
 * ever. -ENOSPC: too many. -EINVAL: mac or mtu is nonsense. */
int uk_netdev_register(struct uk_netdev *dev);
/* From interrupt handlers: there is something to do. */
void uk_netdev_event(struct uk_netdev *dev);

unsigned int uk_netdev_count(void);
/* For drivers, from their first rx() on, when all devices are known: how many
 * buffers each may have at once to receive into. All of them together: half. */
unsigned int uk_netdev_rx_most(void);
struct uk_netdev *uk_netdev_get(unsigned int i);	/* NULL: no such one */

/*
 * Sleep until a device has something to do, or the monotonic clock reaches
 * `until` (ns; UKPLAT_FOREVER), or anything else wakes the CPU. May return
 * early. Interrupts are on, before and after. Where there is a scheduler, other
 * threads run meanwhile.
 */
void uk_netdev_wait(uint64_t until);
