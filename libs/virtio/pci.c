/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio devices on the PCI bus (virtio 1.2, section 4.1): capabilities say in
 * which window each of four groups of registers lies.
 */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/pcibus.h>
#include <uk/print.h>
#include <uk/virtio.h>
#include "listeners.h"

#define VENDOR 0x1af4
#define DEVICE_LEGACY 0x1000	/* up to 0x103f; kind: subsystem */
#define DEVICE_MODERN 0x1040	/* + kind, up to 0x107f */
#define DEVICE_END 0x1080

/* A capability */
#define CAP_LEN 16
#define CAP_TYPE 3
#define CAP_BAR 4
#define CAP_OFFSET 8
#define CAP_LENGTH 12
#define CAP_MULTIPLIER 16
#define TYPE_COMMON 1
#define TYPE_NOTIFY 2
#define TYPE_DEVICE 4

/* The common group */
struct common {
	uint32_t device_feature_select, device_feature;
	uint32_t driver_feature_select, driver_feature;
	uint16_t config_vector, num_queues;
	uint8_t status, generation;
	uint16_t queue_select, queue_size, queue_vector, queue_enable;
	uint16_t queue_notify_off;
	uint32_t desc[2], avail[2], used[2];
};
UK_CTASSERT(sizeof(struct common) == 56);

#define NO_VECTOR 0xffff
#define NOTIFY_MOST 65536u	/* bytes of the group that are mapped */
#define CONFIG_MOST 256u

struct card {
	struct uk_virtio_dev dev;
	volatile struct common *common;
	volatile uint8_t *notify, *config;
	uint32_t notify_len, notify_step, config_len;
	volatile uint16_t *bell[QUEUES];
	struct uk_pci_msix msix;	/* n = 0: none */
	struct listeners listeners;	/* of the last vector */
};

static struct card *card_of(struct uk_virtio_dev *dev)
{
	return uk_container_of(dev, struct card, dev);
}

static uint8_t get_status(struct uk_virtio_dev *dev)
{
	return card_of(dev)->common->status;
}

static void set_status(struct uk_virtio_dev *dev, uint8_t v)
{
	card_of(dev)->common->status = v;
}

static uint64_t get_features(struct uk_virtio_dev *dev)
{
	volatile struct common *c = card_of(dev)->common;
	uint64_t v;

	c->device_feature_select = 0;
	v = c->device_feature;
	c->device_feature_select = 1;
	return v | (uint64_t)c->device_feature << 32;
}

static void set_features(struct uk_virtio_dev *dev, uint64_t v)
{
	volatile struct common *c = card_of(dev)->common;

	c->driver_feature_select = 0;
	c->driver_feature = (uint32_t)v;
	c->driver_feature_select = 1;
	c->driver_feature = (uint32_t)(v >> 32);
}

static uint32_t get_config(struct uk_virtio_dev *dev, unsigned int offset,
			   unsigned int width)
{
	const struct card *c = card_of(dev);
	volatile uint8_t *p = c->config + offset;

	if (offset > c->config_len || width > c->config_len - offset)
		return UINT32_MAX;
	return width == 1 ? *p : width == 2 ? *(volatile uint16_t *)p
					    : *(volatile uint32_t *)p;
}

static uint32_t get_generation(struct uk_virtio_dev *dev)
{
	return card_of(dev)->common->generation;
}

static uint16_t queue_max(struct uk_virtio_dev *dev, unsigned int i)
{
	volatile struct common *c = card_of(dev)->common;

	if (i >= c->num_queues || i >= QUEUES)
		return 0;
	c->queue_select = (uint16_t)i;
	return c->queue_enable ? 0 : c->queue_size;
}

static void set_address(volatile uint32_t reg[2], uint64_t pa)
{
	reg[0] = (uint32_t)pa;
	reg[1] = (uint32_t)(pa >> 32);
}

static void last_vector(void *arg)
{
	listeners_call(&((struct card *)arg)->listeners);
}

/* Vector i for queue i; for who comes late, the last one. -ENODEV: none. */
static int queue_vector(struct card *c, unsigned int i, ukplat_irq_fn fn,
			void *arg)
{
	unsigned int last = UK_MIN(c->msix.n, QUEUES) - 1;
	int rc = -ENODEV;

	i = UK_MIN(i, last);
	if (fn && c->msix.n > 0 && i < last)
		rc = uk_pci_msix_vector(&c->msix, i, fn, arg);
	else if (fn && c->msix.n > 0)
		rc = c->listeners.n ? 0 : uk_pci_msix_vector(&c->msix, i,
							     last_vector, c);
	if (rc == 0 && i == last)
		rc = listeners_add(&c->listeners, fn, arg);
	c->common->queue_vector = rc ? NO_VECTOR : (uint16_t)i;
	if (rc == 0 && c->common->queue_vector != i)
		rc = -ENODEV;
	return fn ? rc : 0;
}

static int queue_start(struct uk_virtio_dev *dev, unsigned int i, uint16_t size,
		       const uint64_t pa[3], ukplat_irq_fn fn, void *arg)
{
	struct card *card = card_of(dev);
	volatile struct common *c = card->common;
	uint64_t bell;
	int rc;

	c->queue_select = (uint16_t)i;
	bell = (uint64_t)c->queue_notify_off * card->notify_step;
	if (bell + sizeof(uint16_t) > card->notify_len || bell % 2 != 0)
		return -EIO;
	card->bell[i] = (volatile uint16_t *)(card->notify + bell);
	c->queue_size = size;
	set_address(c->desc, pa[0]);
	set_address(c->avail, pa[1]);
	set_address(c->used, pa[2]);
	rc = queue_vector(card, i, fn, arg);
	c->queue_enable = 1;
	return rc == 0 || rc == -ENODEV || rc == -EBUSY ? rc ? -ENODEV : 0
							: -EIO;
}

static void notify(struct uk_virtio_dev *dev, unsigned int i)
{
	*card_of(dev)->bell[i] = (uint16_t)i;
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

/* Map a group of at least `least` bytes. -ENOENT: the card has none. The first
 * of its kind that can be mapped counts. */
static int group(const struct uk_pci_dev *pci, unsigned int type,
		 uint32_t least, uint32_t most, volatile void **va,
		 uint32_t *len, uint32_t *step)
{
	unsigned int cap_len = step ? CAP_LEN + 4 : CAP_LEN, c;
	int at = 0, rc = -ENOENT;

	for (;;) {
		at = uk_pci_cap(pci, UK_PCI_CAP_VENDOR, (unsigned int)at,
				cap_len);
		if (at < 0)
			return at == -ENOENT ? rc : at;
		c = (unsigned int)at;
		if (uk_pci_get(pci, c + CAP_TYPE, 1) != type)
			continue;
		*len = UK_MIN(uk_pci_get(pci, c + CAP_LENGTH, 4), most);
		if (*len < least)
			continue;
		if (step)
			*step = uk_pci_get(pci, c + CAP_MULTIPLIER, 4);
		rc = uk_pci_map(pci, "virtio", uk_pci_get(pci, c + CAP_BAR, 1),
				uk_pci_get(pci, c + CAP_OFFSET, 4), *len, va);
		if (rc == 0 || rc == -ENOMEM)
			return rc;
	}
}

static int groups(const struct uk_pci_dev *pci, struct card *card)
{
	volatile void *common, *notify_va, *config;
	uint32_t len;
	int rc;

	rc = group(pci, TYPE_COMMON, sizeof(struct common),
		   sizeof(struct common), &common, &len, NULL);
	if (rc)
		return rc;
	card->common = common;
	rc = group(pci, TYPE_NOTIFY, 2, NOTIFY_MOST, &notify_va,
		   &card->notify_len, &card->notify_step);
	if (rc)
		return rc == -ENOENT ? -EIO : rc;
	card->notify = notify_va;
	rc = group(pci, TYPE_DEVICE, 1, CONFIG_MOST, &config,
		   &card->config_len, NULL);
	if (rc == -ENOENT) {
		card->config_len = 0;
		return 0;
	}
	card->config = config;
	return rc;
}

static int open_card(const struct uk_pci_dev *pci,
		     const struct uk_virtio_driver *d)
{
	struct card *card = uk_calloc(NULL, 1, sizeof(*card));
	int rc;

	if (!card)
		return -ENOMEM;
	uk_pci_start(pci);
	rc = groups(pci, card);
	if (rc == 0) {
		card->dev.way = &way;
		if (uk_pci_msix_open(pci, &card->msix) != 0)
			card->msix.n = 0;
		rc = uk_virtio_found(&card->dev, d);
	} else if (rc == -ENOENT) {
		uk_pr_err("%s: the card is of the legacy kind only, which is "
			  "not supported (QEMU: disable-modern=off): not "
			  "used\n", d->name);
	} else {
		uk_pr_err("%s: the card's registers cannot be reached: not "
			  "used\n", d->name);
	}
	/* An interrupt may know of it. */
	if (rc && card->listeners.n == 0)
		uk_free(NULL, card);
	return rc;
}

static int look(const struct uk_pci_dev *pci, void *arg UK_UNUSED)
{
	const struct uk_virtio_driver *d;

	if (pci->vendor != VENDOR || pci->device < DEVICE_LEGACY ||
	    pci->device >= DEVICE_END)
		return 0;
	d = uk_virtio_driver(pci->device >= DEVICE_MODERN
				     ? (uint16_t)(pci->device - DEVICE_MODERN)
				     : pci->subsystem);
	/* One that cannot be used is no reason not to look at the others. */
	if (d)
		(void)open_card(pci, d);
	return 0;
}

static int start(void)
{
	int rc = uk_pci_scan(look, NULL);

	return rc == -ENODEV ? 0 : rc;
}
uk_dev_initcall(start);
