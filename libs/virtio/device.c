/* SPDX-License-Identifier: BSD-3-Clause */
/* Starting and stopping a device (virtio 1.2, section 3.1), and who drives
 * which kind. */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/print.h>
#include <uk/time.h>
#include <uk/virtio.h>
#include <uk/vm.h>

#define STATUS_ACKNOWLEDGE 1u
#define STATUS_DRIVER 2u
#define STATUS_DRIVER_OK 4u
#define STATUS_FEATURES_OK 8u
#define STATUS_NEEDS_RESET 64u
#define STATUS_FAILED 128u

#define DRIVERS 8
/* How long a device may take to reset itself. */
#define RESET_NS (100 * UK_NSEC_PER_MSEC)
/* How often a register may change while it is read. */
#define CONFIG_TRIES 16

/* What the queues make use of, whatever the device is. */
#define F_QUEUES (UK_VIRTIO_F_INDIRECT_DESC | UK_VIRTIO_F_EVENT_IDX | \
		  UK_VIRTIO_F_RING_PACKED)

static const struct uk_virtio_driver *drivers[DRIVERS] UK_RO_AFTER_INIT_ZERO;

int uk_virtio_register(const struct uk_virtio_driver *d)
{
	unsigned int i;

	for (i = 0; i < DRIVERS; i++) {
		if (drivers[i])
			continue;
		drivers[i] = d;
		return 0;
	}
	return -ENOSPC;
}

const struct uk_virtio_driver *uk_virtio_driver(uint16_t id)
{
	unsigned int i;

	for (i = 0; i < DRIVERS && drivers[i]; i++)
		if (drivers[i]->id == id)
			return drivers[i];
	return NULL;
}

static bool reset(struct uk_virtio_dev *dev)
{
	uint64_t end = uk_time_ns() + RESET_NS;

	dev->way->set_status(dev, 0);
	while (dev->way->status(dev) != 0)
		if (uk_time_ns() > end)
			return false;
	return true;
}

int uk_virtio_found(struct uk_virtio_dev *dev, const struct uk_virtio_driver *d)
{
	int rc;

	dev->name = d->name;
	rc = d->start(dev);
	if (rc && !dev->stopped)
		uk_virtio_stop(dev, "cannot be used");
	return rc;
}

static void add_status(struct uk_virtio_dev *dev, uint8_t bit)
{
	dev->way->set_status(dev, (uint8_t)(dev->way->status(dev) | bit));
}

int uk_virtio_begin(struct uk_virtio_dev *dev, uint64_t wanted,
		    uint64_t (*trim)(uint64_t features))
{
	uint64_t has;

	if (!reset(dev)) {
		uk_virtio_stop(dev, "does not reset");
		return -EIO;
	}
	add_status(dev, STATUS_ACKNOWLEDGE);
	add_status(dev, STATUS_DRIVER);
	has = dev->way->features(dev);
	if (!(has & UK_VIRTIO_F_VERSION_1)) {
		uk_virtio_stop(dev, "is of the legacy kind only, which is not "
			       "supported");
		return -EIO;
	}
	dev->features = has & (wanted | F_QUEUES | UK_VIRTIO_F_VERSION_1);
	if (trim)
		dev->features = trim(dev->features);
	dev->way->set_features(dev, dev->features);
	add_status(dev, STATUS_FEATURES_OK);
	if (!(dev->way->status(dev) & STATUS_FEATURES_OK)) {
		uk_virtio_stop(dev, "wants features that are not supported");
		return -EIO;
	}
	return 0;
}

uint32_t uk_virtio_config(struct uk_virtio_dev *dev, unsigned int offset,
			  unsigned int width)
{
	return dev->way->config(dev, offset, width);
}

int uk_virtio_config_bytes(struct uk_virtio_dev *dev, unsigned int offset,
			   uint8_t *buf, unsigned int len)
{
	unsigned int i, tries;
	uint32_t before;

	for (tries = 0; tries < CONFIG_TRIES; tries++) {
		before = dev->way->generation(dev);
		for (i = 0; i < len; i++)
			buf[i] = (uint8_t)dev->way->config(dev, offset + i, 1);
		if (dev->way->generation(dev) == before)
			return 0;
	}
	return -EIO;
}

int uk_virtio_queue(struct uk_virtio_dev *dev, unsigned int i, uint16_t most,
		    uint16_t pieces, struct uk_virtq *q, ukplat_irq_fn fn,
		    void *arg)
{
	uint64_t has = dev->features, pa[3];
	struct uk_virtq_form form = {
		.size = UK_MIN(dev->way->queue_max(dev, i), most),
		.pieces = has & UK_VIRTIO_F_INDIRECT_DESC ? pieces : 0,
		.packed = has & UK_VIRTIO_F_RING_PACKED,
		.event = has & UK_VIRTIO_F_EVENT_IDX,
	};
	struct uk_virtq_layout l;
	struct uk_virtq_own *own;
	void *shared;
	int rc;

	if (form.size == 0)
		return -EIO;
	while (!UK_IS_POWER_OF_2(form.size))
		form.size &= (uint16_t)(form.size - 1);
	l = uk_virtq_layout(&form);
	shared = uk_vm_alloc("virtq", l.len, UK_MEM_R | UK_MEM_W,
			     UK_VM_CONTIGUOUS | UK_VM_GUARD_BELOW |
			     UK_VM_GUARD_ABOVE);
	own = uk_malloc(NULL, form.size * sizeof(*own));
	if (!shared || !own) {
		uk_free(NULL, own);
		if (shared)
			(void)uk_vm_free(shared);
		return -ENOMEM;
	}
	pa[0] = uk_vm_phys(shared);
	pa[1] = pa[0] + l.driver;
	pa[2] = pa[0] + l.device;
	uk_virtq_init(q, &form, shared, pa[0], own);
	rc = dev->way->queue_start(dev, i, form.size, pa, fn, arg);
	if (rc == 0 || rc == -ENODEV)
		return rc != 0;
	/* The device may have the address by now: the pages stay its own. */
	uk_free(NULL, own);
	return rc;
}

int uk_virtio_go(struct uk_virtio_dev *dev)
{
	add_status(dev, STATUS_DRIVER_OK);
	if (dev->way->status(dev) & STATUS_NEEDS_RESET) {
		uk_virtio_stop(dev, "failed to start");
		return -EIO;
	}
	return 0;
}

void uk_virtio_tell(struct uk_virtio_dev *dev, unsigned int i,
		    struct uk_virtq *q)
{
	if (uk_virtq_tell(q))
		dev->way->notify(dev, i);
}

void uk_virtio_stop(struct uk_virtio_dev *dev, const char *why)
{
	if (dev->stopped)
		return;
	dev->stopped = true;
	uk_pr_err("%s: %s: device stopped\n", dev->name, why);
	if (!reset(dev))
		dev->way->set_status(dev, STATUS_FAILED);
}
