/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Block devices: a driver registers what it found (init class dev), others read
 * and write sectors of it. Each call sleeps until the device has done it, and
 * no other thread runs meanwhile. Thread context, one thread at a time.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UK_BLKDEV_MAX 8
#define UK_BLKDEV_SECTOR 512u	/* bytes, whatever the device calls a block */

struct uk_blkdev;

/* What a driver does; the caller has checked the range, n > 0. Errors as
 * below. Read-only memory. */
struct uk_blkdev_ops {
	int (*read)(struct uk_blkdev *dev, uint64_t sector, size_t n,
		    void *buf);
	int (*write)(struct uk_blkdev *dev, uint64_t sector, size_t n,
		     const void *buf);
	int (*flush)(struct uk_blkdev *dev);
};

struct uk_blkdev {
	const struct uk_blkdev_ops *ops;
	const char *name;	/* "virtio-blk", static storage */
	uint64_t sectors;
	bool read_only;
	bool stopped;		/* for good */
};

/* For drivers, init class dev: all members are set; dev lives for ever.
 * -ENOSPC: too many. */
int uk_blkdev_register(struct uk_blkdev *dev);

unsigned int uk_blkdev_count(void);
struct uk_blkdev *uk_blkdev_get(unsigned int i);	/* NULL: no such one */

/*
 * n sectors from `sector` on. 0; -EINVAL: beyond the end; -EROFS; -EIO: the
 * device failed (part of it may be done), or is stopped. What was written is
 * safe from a loss of power when uk_blkdev_flush() has returned 0.
 */
int uk_blkdev_read(struct uk_blkdev *dev, uint64_t sector, size_t n,
		   void *buf);
int uk_blkdev_write(struct uk_blkdev *dev, uint64_t sector, size_t n,
		    const void *buf);
int uk_blkdev_flush(struct uk_blkdev *dev);
