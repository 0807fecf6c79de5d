/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entropy of the host's (virtio 1.2, section 5.4): the device fills a buffer
 * whenever it likes; what it filled is taken when the generator asks, and the
 * buffer goes back. What a hostile device gives does no harm: it is mixed in.
 */
#include <uk/chacha.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/swrand.h>
#include <uk/time.h>
#include <uk/virtio.h>
#include <uk/vm.h>

#define QUEUE 0
#define BYTES 64u
/* How long the boot waits for the first bytes. */
#define WAIT_NS (20 * UK_NSEC_PER_MSEC)

static struct uk_virtio_dev *device;
static struct uk_virtq queue;
static uint8_t *buffer;
static uint64_t buffer_pa;
static bool taken;	/* anything */

static void give(void)
{
	const struct uk_virtq_seg seg = { buffer_pa, BYTES };

	if (uk_virtq_put(&queue, &seg, 0, 1, buffer) == 0)
		uk_virtio_tell(device, QUEUE, &queue);
}

/* With interrupts off: a device that lies is told of later. */
static size_t take(void *buf, size_t len)
{
	uint32_t got;
	size_t n;

	if (device->stopped || !uk_virtq_get(&queue, &got))
		return 0;
	taken = true;
	n = UK_MIN((size_t)got, len);
	memcpy(buf, buffer, n);
	uk_wipe(buffer, BYTES);
	give();
	return n;
}

static int start(struct uk_virtio_dev *dev)
{
	uint64_t end;
	int rc;

	if (device)
		return -EBUSY;
	buffer = uk_vm_alloc("virtio-rng", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W,
			     UK_VM_CONTIGUOUS | UK_VM_GUARD_BELOW |
			     UK_VM_GUARD_ABOVE);
	if (!buffer)
		return -ENOMEM;
	buffer_pa = uk_vm_phys(buffer);
	rc = uk_virtio_begin(dev, 0, NULL);
	if (rc == 0)
		rc = uk_virtio_queue(dev, QUEUE, 2, 0, &queue, NULL, NULL);
	if (rc == 0)
		rc = uk_virtio_go(dev);
	if (rc)
		return rc;
	device = dev;
	give();
	end = uk_time_ns() + WAIT_NS;
	while (!uk_virtq_arm(&queue) && uk_time_ns() < end)
		;
	uk_virtq_disarm(&queue);
	rc = uk_swrand_source(take);
	if (queue.lie) {
		uk_virtio_stop(dev, queue.lie);
		return -EIO;
	}
	uk_pr_info("%s\n", taken ? "the host's entropy is mixed in" :
				   "no entropy of the host's yet");
	return rc;
}

static const struct uk_virtio_driver driver = {
	.name = "virtio-rng",
	.id = UK_VIRTIO_ID_RNG,
	.start = start,
};

static int init(void)
{
	return uk_virtio_register(&driver);
}
uk_bus_initcall(init);
