/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Xen disks (xen/io/blkif.h of Xen's public headers). One request at a time,
 * through pages that the other end may reach and that hold nothing else. What
 * it writes to the ring is read once, and checked.
 */
#include <uk/alloc.h>
#include <uk/blkdev.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/time.h>
#include <uk/vm.h>
#include <uk/xenbus.h>

#define SLOTS 32u
#define SEGMENTS 11u
#define PAGES 8u		/* of data, a segment each */
#define IN_PAGE (UK_PAGE_SIZE / UK_BLKDEV_SECTOR)
#define MOST (PAGES * IN_PAGE)

#define READ 0
#define WRITE 1
#define FLUSH 3
#define READ_ONLY 4u		/* in `info` */

/* How long a disk may take for a request. */
#define LIMIT_NS (30 * UK_NSEC_PER_SEC)

struct request {
	uint8_t operation, segments;
	uint16_t handle;
	uint64_t id, sector;
	struct {
		uint32_t ref;
		uint8_t first, last, pad[2];	/* sectors of the page */
	} segment[SEGMENTS];
};
struct response {
	uint64_t id;
	uint8_t operation;
	int16_t status;
};

struct shared {
	uint32_t request_prod, request_event;
	uint32_t response_prod, response_event;
	uint8_t pad[48];
	union {
		struct request request;
		struct response response;
	} slot[SLOTS];
};
UK_CTASSERT(sizeof(struct request) == 112);
UK_CTASSERT(sizeof(struct shared) <= UK_PAGE_SIZE);

struct disk {
	struct uk_blkdev blk;
	struct uk_xen_dev dev;
	volatile struct shared *ring;
	uint8_t *data;
	uint32_t ring_ref, ref[PAGES], port;
	uint32_t made;		/* requests, each of which was answered */
	bool can_flush;
	volatile bool event;
};

static struct disk *disk_of(struct uk_blkdev *blk)
{
	return uk_container_of(blk, struct disk, blk);
}

static int stop(struct disk *d, const char *why)
{
	if (!d->blk.stopped)
		uk_pr_err("%s: %s: not used any more\n", d->dev.front, why);
	d->blk.stopped = true;
	return -EIO;
}

static void barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Sleep until the answer to the one request is there. */
static int await(struct disk *d)
{
	uint64_t end = uk_time_ns() + LIMIT_NS;
	unsigned long flags;
	uint32_t n;

	while ((n = d->ring->response_prod - d->made + 1) == 0) {
		if (uk_time_ns() > end)
			return stop(d, "a request takes more than 30 seconds");
		flags = ukplat_irq_save();
		if (!d->event)
			ukplat_idle(end + 1);
		d->event = false;
		ukplat_irq_restore(flags);
	}
	barrier();
	return n == 1 ? 0 : stop(d, "more answers than requests");
}

static int submit(struct disk *d, uint8_t operation, uint64_t sector,
		  size_t sectors)
{
	unsigned int slot = d->made % SLOTS, i, left = (unsigned int)sectors;
	volatile struct request *r = &d->ring->slot[slot].request;
	struct response answer;
	int rc;

	r->operation = operation;
	r->segments = (uint8_t)((sectors + IN_PAGE - 1) / IN_PAGE);
	r->handle = 0;
	r->id = slot;
	r->sector = sector;
	for (i = 0; left; i++, left -= UK_MIN(left, (unsigned int)IN_PAGE)) {
		r->segment[i].ref = d->ref[i];
		r->segment[i].first = 0;
		r->segment[i].last =
			(uint8_t)(UK_MIN(left, (unsigned int)IN_PAGE) - 1);
	}
	d->event = false;
	d->made++;
	d->ring->response_event = d->made;
	barrier();
	d->ring->request_prod = d->made;
	barrier();
	ukplat_xen_send(d->port);
	rc = await(d);
	if (rc)
		return rc;
	answer.id = d->ring->slot[slot].response.id;
	answer.status = d->ring->slot[slot].response.status;
	if (answer.id != slot)
		return stop(d, "an answer to no request");
	return answer.status == 0 ? 0 : -EIO;
}

static int disk_read(struct uk_blkdev *blk, uint64_t sector, size_t n,
		     void *buf)
{
	struct disk *d = disk_of(blk);
	uint8_t *p = buf;
	size_t some;
	int rc;

	for (; n > 0; n -= some, sector += some) {
		some = UK_MIN(n, (size_t)MOST);
		rc = submit(d, READ, sector, some);
		if (rc)
			return rc;
		memcpy(p, d->data, some * UK_BLKDEV_SECTOR);
		p += some * UK_BLKDEV_SECTOR;
	}
	return 0;
}

static int disk_write(struct uk_blkdev *blk, uint64_t sector, size_t n,
		      const void *buf)
{
	struct disk *d = disk_of(blk);
	const uint8_t *p = buf;
	size_t some;
	int rc;

	for (; n > 0; n -= some, sector += some) {
		some = UK_MIN(n, (size_t)MOST);
		memcpy(d->data, p, some * UK_BLKDEV_SECTOR);
		rc = submit(d, WRITE, sector, some);
		if (rc)
			return rc;
		p += some * UK_BLKDEV_SECTOR;
	}
	return 0;
}

static int disk_flush(struct uk_blkdev *blk)
{
	struct disk *d = disk_of(blk);

	/* One that has no cache to be emptied says so by lacking it. */
	return d->can_flush ? submit(d, FLUSH, 0, 0) : 0;
}

static const struct uk_blkdev_ops ops = {
	.read = disk_read,
	.write = disk_write,
	.flush = disk_flush,
};

static void event(void *arg)
{
	struct disk *d = arg;

	d->event = true;
}

static int share(struct disk *d)
{
	unsigned int i;
	int rc;

	d->ring = uk_vm_alloc("xen-blk", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W, 0);
	d->data = uk_vm_alloc("xen-blk", PAGES * UK_PAGE_SIZE,
			      UK_MEM_R | UK_MEM_W, 0);
	if (!d->ring || !d->data)
		return -ENOMEM;
	d->ring->request_event = d->ring->response_event = 1;
	rc = ukplat_xen_grant(d->dev.other, uk_vm_phys((void *)d->ring), true,
			      &d->ring_ref);
	for (i = 0; i < PAGES && !rc; i++)
		rc = ukplat_xen_grant(d->dev.other, uk_vm_phys(d->data +
					      i * UK_PAGE_SIZE), true,
				      &d->ref[i]);
	if (!rc)
		rc = ukplat_xen_port(d->dev.other, &d->port);
	return rc ? rc : ukplat_irq_register(d->port, event, d);
}

static int tell(struct disk *d, const char *name, const char *value)
{
	char path[UK_XENSTORE_MAX];

	uk_snprintf(path, sizeof(path), "%s/%s", d->dev.front, name);
	return uk_xenstore_write(path, value);
}

static int tell_number(struct disk *d, const char *name, uint32_t value)
{
	char text[16];

	uk_snprintf(text, sizeof(text), "%u", value);
	return tell(d, name, text);
}

/* What the other end says of the disk. */
static int learn(struct disk *d)
{
	uint64_t info = 0, flush = 0;
	int rc = uk_xen_number(&d->dev, "sectors", &d->blk.sectors);

	if (rc)
		return rc;
	if (d->blk.sectors > UINT64_MAX / UK_BLKDEV_SECTOR)
		return -EIO;
	uk_xen_number(&d->dev, "info", &info);
	uk_xen_number(&d->dev, "feature-flush-cache", &flush);
	d->blk.read_only = info & READ_ONLY;
	d->can_flush = flush == 1;
	return 0;
}

static int connect(struct disk *d)
{
	int rc = uk_xen_wait(&d->dev, UK_XEN_INIT_WAIT);

	if (!rc)
		rc = tell_number(d, "ring-ref", d->ring_ref);
	if (!rc)
		rc = tell_number(d, "event-channel", d->port);
	if (!rc)
		rc = tell(d, "protocol", "x86_64-abi");
	if (!rc)
		rc = uk_xen_switch(&d->dev, UK_XEN_INITIALISED);
	if (!rc)
		rc = uk_xen_wait(&d->dev, UK_XEN_CONNECTED);
	if (!rc)
		rc = learn(d);
	return rc ? rc : uk_xen_switch(&d->dev, UK_XEN_CONNECTED);
}

static int start(const struct uk_xen_dev *dev)
{
	struct disk *d = uk_calloc(NULL, 1, sizeof(*d));
	int rc;

	if (!d)
		return -ENOMEM;
	/* From here on the other end may know of it: it stays. */
	d->dev = *dev;
	d->blk.ops = &ops;
	d->blk.name = "xen-blk";
	rc = share(d);
	if (!rc)
		rc = connect(d);
	if (!rc)
		rc = uk_blkdev_register(&d->blk);
	if (!rc)
		uk_pr_info("%llu KiB%s\n",
			   (unsigned long long)d->blk.sectors / 2,
			   d->blk.read_only ? ", read only" : "");
	return rc;
}

static const struct uk_xen_driver driver = {
	.kind = "vbd",
	.start = start,
};

static int init(void)
{
	return uk_xen_register(&driver);
}
uk_bus_initcall(init);
