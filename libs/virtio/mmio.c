/* SPDX-License-Identifier: BSD-3-Clause */
/* Virtio devices whose registers lie in memory (virtio 1.2, section 4.2); one
 * interrupt for all that a device has. */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/mmiobus.h>
#include <uk/print.h>
#include <uk/virtio.h>
#include "listeners.h"

/* Registers, in words */
enum {
	MAGIC = 0x000 / 4,
	VERSION = 0x004 / 4,
	DEVICE_ID = 0x008 / 4,
	DEVICE_FEATURES = 0x010 / 4,
	DEVICE_FEATURES_SEL = 0x014 / 4,
	DRIVER_FEATURES = 0x020 / 4,
	DRIVER_FEATURES_SEL = 0x024 / 4,
	QUEUE_SEL = 0x030 / 4,
	QUEUE_NUM_MAX = 0x034 / 4,
	QUEUE_NUM = 0x038 / 4,
	QUEUE_READY = 0x044 / 4,
	QUEUE_NOTIFY = 0x050 / 4,
	INTERRUPT_STATUS = 0x060 / 4,
	INTERRUPT_ACK = 0x064 / 4,
	STATUS = 0x070 / 4,
	QUEUE_DESC = 0x080 / 4,
	QUEUE_AVAIL = 0x090 / 4,
	QUEUE_USED = 0x0a0 / 4,
	GENERATION = 0x0fc / 4,
};
#define CONFIG 0x100u

#define MAGIC_VALUE 0x74726976	/* "virt" */
#define VERSION_MODERN 2

struct card {
	struct uk_virtio_dev dev;
	volatile uint32_t *regs;
	uint32_t len, irq;
	int irq_rc;		/* 1: not asked for yet */
	struct listeners listeners;
};

static struct card *card_of(struct uk_virtio_dev *dev)
{
	return uk_container_of(dev, struct card, dev);
}

static uint8_t get_status(struct uk_virtio_dev *dev)
{
	return (uint8_t)card_of(dev)->regs[STATUS];
}

static void set_status(struct uk_virtio_dev *dev, uint8_t v)
{
	card_of(dev)->regs[STATUS] = v;
}

static uint64_t get_features(struct uk_virtio_dev *dev)
{
	volatile uint32_t *r = card_of(dev)->regs;
	uint64_t v;

	r[DEVICE_FEATURES_SEL] = 0;
	v = r[DEVICE_FEATURES];
	r[DEVICE_FEATURES_SEL] = 1;
	return v | (uint64_t)r[DEVICE_FEATURES] << 32;
}

static void set_features(struct uk_virtio_dev *dev, uint64_t v)
{
	volatile uint32_t *r = card_of(dev)->regs;

	r[DRIVER_FEATURES_SEL] = 0;
	r[DRIVER_FEATURES] = (uint32_t)v;
	r[DRIVER_FEATURES_SEL] = 1;
	r[DRIVER_FEATURES] = (uint32_t)(v >> 32);
}

static uint32_t get_config(struct uk_virtio_dev *dev, unsigned int offset,
			   unsigned int width)
{
	const struct card *c = card_of(dev);
	volatile uint8_t *p = (volatile uint8_t *)c->regs + CONFIG + offset;

	if (c->len < CONFIG || offset > c->len - CONFIG ||
	    width > c->len - CONFIG - offset)
		return UINT32_MAX;
	return width == 1 ? *p : width == 2 ? *(volatile uint16_t *)p
					    : *(volatile uint32_t *)p;
}

static uint32_t get_generation(struct uk_virtio_dev *dev)
{
	return card_of(dev)->regs[GENERATION];
}

static uint16_t queue_max(struct uk_virtio_dev *dev, unsigned int i)
{
	volatile uint32_t *r = card_of(dev)->regs;
	uint32_t most;

	if (i >= QUEUES)
		return 0;
	r[QUEUE_SEL] = i;
	most = r[QUEUE_READY] ? 0 : r[QUEUE_NUM_MAX];
	return (uint16_t)UK_MIN(most, (uint32_t)UK_VIRTQ_MAX);
}

static void interrupt(void *arg)
{
	struct card *c = arg;

	c->regs[INTERRUPT_ACK] = c->regs[INTERRUPT_STATUS];
	listeners_call(&c->listeners);
}

static int listen_for(struct card *c, ukplat_irq_fn fn, void *arg)
{
	if (!fn)
		return 0;
	if (c->irq_rc == 1)
		c->irq_rc = ukplat_irq_register(c->irq, interrupt, c) ? -ENODEV
								      : 0;
	return c->irq_rc ? -ENODEV : listeners_add(&c->listeners, fn, arg);
}

static void set_address(volatile uint32_t *reg, uint64_t pa)
{
	reg[0] = (uint32_t)pa;
	reg[1] = (uint32_t)(pa >> 32);
}

static int queue_start(struct uk_virtio_dev *dev, unsigned int i, uint16_t size,
		       const uint64_t pa[3], ukplat_irq_fn fn, void *arg)
{
	struct card *c = card_of(dev);
	volatile uint32_t *r = c->regs;
	int rc;

	r[QUEUE_SEL] = i;
	r[QUEUE_NUM] = size;
	set_address(r + QUEUE_DESC, pa[0]);
	set_address(r + QUEUE_AVAIL, pa[1]);
	set_address(r + QUEUE_USED, pa[2]);
	rc = listen_for(c, fn, arg);
	r[QUEUE_READY] = 1;
	return r[QUEUE_READY] == 1 ? rc : -EIO;
}

static void notify(struct uk_virtio_dev *dev, unsigned int i)
{
	card_of(dev)->regs[QUEUE_NOTIFY] = i;
}

static const struct uk_virtio_transport way = {
	.status = get_status,
	.set_status = set_status,
	.features = get_features,
	.set_features = set_features,
	.config = get_config,
	.generation = get_generation,
	.queue_max = queue_max,
	.queue_start = queue_start,
	.notify = notify,
};

static int look(volatile void *regs, uint32_t len, uint32_t irq,
		void *arg UK_UNUSED)
{
	volatile uint32_t *r = regs;
	const struct uk_virtio_driver *d;
	struct card *c;

	if (r[MAGIC] != MAGIC_VALUE || r[DEVICE_ID] > UINT16_MAX)
		return 0;
	d = uk_virtio_driver((uint16_t)r[DEVICE_ID]);
	if (!d)
		return 0;
	if (r[VERSION] != VERSION_MODERN) {
		uk_pr_err("%s: the card is of the legacy kind, which is not "
			  "supported (QEMU: -global virtio-mmio."
			  "force-legacy=off): not used\n", d->name);
		return 0;
	}
	c = uk_calloc(NULL, 1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	c->dev.way = &way;
	c->regs = r;
	c->len = len;
	c->irq = irq;
	c->irq_rc = 1;
	/* Its interrupt may know of c, which therefore stays, whatever happens;
	 * one that cannot be used is no reason not to look at the others. */
	(void)uk_virtio_found(&c->dev, d);
	return 0;
}

static int start(void)
{
	return uk_mmio_scan(look, NULL);
}
uk_dev_initcall(start);
