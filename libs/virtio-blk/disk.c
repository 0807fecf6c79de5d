/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio disks (virtio 1.2, section 5.2). One request at a time, through
 * memory that the device may reach and that holds nothing else: a head, the
 * data, and a byte that the device sets when it is done.
 */
#include <uk/alloc.h>
#include <uk/blkdev.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/time.h>
#include <uk/virtio.h>
#include <uk/vm.h>

#define QUEUE 0
#define DESCRIPTORS 4
#define PIECES 3

#define F_RO (1ull << 5)
#define F_FLUSH (1ull << 9)

#define CONFIG_CAPACITY 0

#define TYPE_IN 0
#define TYPE_OUT 1
#define TYPE_FLUSH 4

#define STATUS_OK 0
#define STATUS_NONE 0xff

/* How long a disk may take for a request. */
#define LIMIT_NS (30 * UK_NSEC_PER_SEC)
/* How often it is looked at where there are no interrupts. */
#define POLL_NS (100 * UK_NSEC_PER_USEC)

/* What the device reaches. */
struct request {
	struct {
		uint32_t type, reserved;
		uint64_t sector;
	} head;
	uint8_t status, unused[495];
	uint8_t data[CONFIG_LIBUKVIRTIO_BLK_BUFFER_KIB * 1024];
};
#define MOST (sizeof(((struct request *)0)->data) / UK_BLKDEV_SECTOR)

struct disk {
	struct uk_blkdev blk;
	struct uk_virtio_dev *dev;
	struct uk_virtq q;
	struct request *req;
	uint64_t pa;
	bool polled;
	volatile bool event;
};

static struct disk *disk_of(struct uk_blkdev *blk)
{
	return uk_container_of(blk, struct disk, blk);
}

static int stop(struct disk *d, const char *why)
{
	d->blk.stopped = true;
	uk_virtio_stop(d->dev, why);
	return -EIO;
}

/* Sleep until the request is back. */
static int await(struct disk *d)
{
	uint64_t end = uk_time_ns() + LIMIT_NS, now;
	unsigned long flags;
	uint32_t len;

	while (!uk_virtq_get(&d->q, &len)) {
		if (d->q.lie)
			return stop(d, d->q.lie);
		now = uk_time_ns();
		if (now > end)
			return stop(d, "a request takes more than 30 seconds");
		d->event = false;
		if (uk_virtq_arm(&d->q))
			continue;
		flags = ukplat_irq_save();
		if (!d->event)
			ukplat_idle(d->polled ? now + POLL_NS : end + 1);
		ukplat_irq_restore(flags);
	}
	return 0;
}

/* One request: `out` bytes of data to the device, or `in` bytes from it. */
static int submit(struct disk *d, uint32_t type, uint64_t sector, size_t out,
		  size_t in)
{
	struct uk_virtq_seg seg[PIECES] = {
		{ .pa = d->pa + offsetof(struct request, head),
		  .len = sizeof(d->req->head) },
		{ .pa = d->pa + offsetof(struct request, data),
		  .len = (uint32_t)(out + in) },
	};
	unsigned int n = out + in ? 2 : 1;
	int rc;

	seg[n] = (struct uk_virtq_seg){
		d->pa + offsetof(struct request, status), 1,
	};
	d->req->head.type = type;
	d->req->head.reserved = 0;
	d->req->head.sector = sector;
	UK_WRITE_ONCE(d->req->status, STATUS_NONE);
	rc = uk_virtq_put(&d->q, seg, out ? 2 : 1, in ? 2 : 1, d);
	if (rc)
		return rc;
	uk_virtio_tell(d->dev, QUEUE, &d->q);
	rc = await(d);
	if (rc)
		return rc;
	return UK_READ_ONCE(d->req->status) == STATUS_OK ? 0 : -EIO;
}

static int disk_read(struct uk_blkdev *blk, uint64_t sector, size_t n,
		     void *buf)
{
	struct disk *d = disk_of(blk);
	uint8_t *p = buf;
	size_t some, len;
	int rc;

	for (; n > 0; n -= some, sector += some, p += len) {
		some = UK_MIN(n, MOST);
		len = some * UK_BLKDEV_SECTOR;
		rc = submit(d, TYPE_IN, sector, 0, len);
		if (rc)
			return rc;
		memcpy(p, d->req->data, len);
	}
	return 0;
}

static int disk_write(struct uk_blkdev *blk, uint64_t sector, size_t n,
		      const void *buf)
{
	struct disk *d = disk_of(blk);
	const uint8_t *p = buf;
	size_t some, len;
	int rc;

	for (; n > 0; n -= some, sector += some, p += len) {
		some = UK_MIN(n, MOST);
		len = some * UK_BLKDEV_SECTOR;
		memcpy(d->req->data, p, len);
		rc = submit(d, TYPE_OUT, sector, len, 0);
		if (rc)
			return rc;
	}
	return 0;
}

static int disk_flush(struct uk_blkdev *blk)
{
	struct disk *d = disk_of(blk);

	/* One that has no cache to be emptied says so by lacking it. */
	return d->dev->features & F_FLUSH ? submit(d, TYPE_FLUSH, 0, 0, 0) : 0;
}

static const struct uk_blkdev_ops ops = {
	.read = disk_read,
	.write = disk_write,
	.flush = disk_flush,
};

static void event(void *arg)
{
	struct disk *d = arg;

	uk_virtq_disarm(&d->q);
	d->event = true;
}

static int set_up(struct disk *d)
{
	int rc = uk_virtio_begin(d->dev, F_RO | F_FLUSH, NULL);

	if (rc)
		return rc;
	rc = uk_virtio_config_bytes(d->dev, CONFIG_CAPACITY,
				    (uint8_t *)&d->blk.sectors, 8);
	if (rc)
		return rc;
	if (d->blk.sectors > UINT64_MAX / UK_BLKDEV_SECTOR)
		return -EIO;
	d->blk.read_only = d->dev->features & F_RO;
	rc = uk_virtio_queue(d->dev, QUEUE, DESCRIPTORS, PIECES, &d->q, event,
			     d);
	if (rc < 0)
		return rc;
	if (d->q.size < PIECES)
		return -EIO;
	d->polled = rc;
	return uk_virtio_go(d->dev);
}

static int start(struct uk_virtio_dev *dev)
{
	struct disk *d = uk_calloc(NULL, 1, sizeof(*d));
	int rc;

	if (!d)
		return -ENOMEM;
	d->req = uk_vm_alloc("virtio-blk", sizeof(*d->req),
			     UK_MEM_R | UK_MEM_W,
			     UK_VM_CONTIGUOUS | UK_VM_GUARD_BELOW |
			     UK_VM_GUARD_ABOVE);
	if (!d->req) {
		uk_free(NULL, d);
		return -ENOMEM;
	}
	/* From here on the device and interrupts may know of it: it stays. */
	d->pa = uk_vm_phys(d->req);
	d->dev = dev;
	d->blk.ops = &ops;
	d->blk.name = dev->name;
	rc = set_up(d);
	if (rc == 0)
		rc = uk_blkdev_register(&d->blk);
	if (rc)
		return rc;
	uk_pr_info("%llu KiB%s%s\n", (unsigned long long)d->blk.sectors / 2,
		   d->blk.read_only ? ", read only" : "",
		   d->polled ? ", polled" : "");
	return 0;
}

static const struct uk_virtio_driver driver = {
	.name = "virtio-blk",
	.id = UK_VIRTIO_ID_BLOCK,
	.start = start,
};

static int init(void)
{
	return uk_virtio_register(&driver);
}
uk_bus_initcall(init);
