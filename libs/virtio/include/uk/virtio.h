/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio devices (virtio 1.2, modern ones only): what a driver sees of one,
 * whichever way it is reached. A driver registers in init class bus; the
 * transports look for devices in class dev and call the driver of each.
 *
 *	start(dev): uk_virtio_begin -> uk_virtio_queue... -> uk_virtio_go
 *
 * Thread context. A device is not trusted: one that says nonsense is stopped
 * by uk_virtio_stop(), with a message, and the image goes on without it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/plat.h>
#include <uk/virtq.h>

/* Features that are not of one kind of device (section 6); all of them are
 * used where the device has them. */
#define UK_VIRTIO_F_INDIRECT_DESC (1ull << 28)
#define UK_VIRTIO_F_EVENT_IDX (1ull << 29)
#define UK_VIRTIO_F_VERSION_1 (1ull << 32)
#define UK_VIRTIO_F_RING_PACKED (1ull << 34)

#define UK_VIRTIO_ID_NET 1
#define UK_VIRTIO_ID_BLOCK 2
#define UK_VIRTIO_ID_CONSOLE 3
#define UK_VIRTIO_ID_RNG 4

struct uk_virtio_dev;

/* A way to devices. Queue numbers are below 2^16; -EIO: nonsense. */
struct uk_virtio_transport {
	uint8_t (*status)(struct uk_virtio_dev *dev);
	void (*set_status)(struct uk_virtio_dev *dev, uint8_t v);
	uint64_t (*features)(struct uk_virtio_dev *dev);
	void (*set_features)(struct uk_virtio_dev *dev, uint64_t v);
	/* A register of the device's own; width 1, 2 or 4, all ones where the
	 * device has none. */
	uint32_t (*config)(struct uk_virtio_dev *dev, unsigned int offset,
			   unsigned int width);
	uint32_t (*generation)(struct uk_virtio_dev *dev);
	/* Descriptors that queue i can have at most, 0: no such queue. */
	uint16_t (*queue_max)(struct uk_virtio_dev *dev, unsigned int i);
	/* Start queue i, whose parts lie at pa: descriptors, what the driver
	 * writes, what the device writes. fn(arg) (may be NULL) for its
	 * interrupts. -ENODEV: the device works, but there are none. */
	int (*queue_start)(struct uk_virtio_dev *dev, unsigned int i,
			   uint16_t size, const uint64_t pa[3],
			   ukplat_irq_fn fn, void *arg);
	void (*notify)(struct uk_virtio_dev *dev, unsigned int i);
};

struct uk_virtio_dev {
	const struct uk_virtio_transport *way;
	const char *name;	/* the driver's */
	uint64_t features;	/* as negotiated */
	bool stopped;
};

struct uk_virtio_driver {
	const char *name;	/* "virtio-net", static storage */
	uint16_t id;		/* UK_VIRTIO_ID_* */
	/* Take the device: 0, or a negative errno: it is reset, and left
	 * alone. It then says itself what is wrong, if anything is. */
	int (*start)(struct uk_virtio_dev *dev);
};

/* Init class bus. d must live for ever. -ENOSPC: too many drivers. */
int uk_virtio_register(const struct uk_virtio_driver *d);

/* ---- for transports -------------------------------------------------- */

/* The driver of this kind of device, NULL: nobody wants it. */
const struct uk_virtio_driver *uk_virtio_driver(uint16_t id);
/* Hand over a device whose `way` is set. It must live for ever. 0, or why not;
 * it may then be freed. */
int uk_virtio_found(struct uk_virtio_dev *dev,
		    const struct uk_virtio_driver *d);

/* ---- for drivers ----------------------------------------------------- */

/*
 * Reset the device and agree on features: of `wanted` and of UK_VIRTIO_F_*
 * those that it has, and of these what trim (NULL: all) leaves: features that
 * depend on others are of no use without them. A device without
 * UK_VIRTIO_F_VERSION_1 is refused. 0 or -EIO; what was agreed on is in
 * dev->features.
 */
int uk_virtio_begin(struct uk_virtio_dev *dev, uint64_t wanted,
		    uint64_t (*trim)(uint64_t features));

/* A register, and six bytes or what else must be of one piece: read again
 * until it did not change meanwhile. -EIO: it never stays. */
uint32_t uk_virtio_config(struct uk_virtio_dev *dev, unsigned int offset,
			  unsigned int width);
int uk_virtio_config_bytes(struct uk_virtio_dev *dev, unsigned int offset,
			   uint8_t *buf, unsigned int len);

/*
 * Start queue i with as many descriptors as the device takes, at most `most`
 * (a power of two). Buffers of up to `pieces` pieces (0 to
 * UK_VIRTQ_PIECES_MAX) take one descriptor each if the device has indirect
 * ones, for 16 bytes of memory a piece and descriptor. fn(arg) is called with
 * interrupts off when buffers come back and the queue is armed; NULL: nobody
 * cares. 0; 1: no interrupts on this machine, the queue must be looked at;
 * -EIO: no such queue; -ENOMEM.
 */
int uk_virtio_queue(struct uk_virtio_dev *dev, unsigned int i, uint16_t most,
		    uint16_t pieces, struct uk_virtq *q, ukplat_irq_fn fn,
		    void *arg);

/* All is set up: from here on the device works. -EIO: it says it does not. */
int uk_virtio_go(struct uk_virtio_dev *dev);

/* Tell the device what was put into queue i, if it wants to know. */
void uk_virtio_tell(struct uk_virtio_dev *dev, unsigned int i,
		    struct uk_virtq *q);

/* Stop a device, for good, and say why: "virtio-net: <why>". The memory of its
 * buffers is not used for anything else: who knows whether it listens. Does
 * nothing the second time. */
void uk_virtio_stop(struct uk_virtio_dev *dev, const char *why);
