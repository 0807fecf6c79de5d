/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/blkdev.h>
#include <uk/errno.h>
#include <uk/essentials.h>

static struct uk_blkdev *devices[UK_BLKDEV_MAX] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_devices UK_RO_AFTER_INIT_ZERO;

int uk_blkdev_register(struct uk_blkdev *dev)
{
	if (n_devices == UK_BLKDEV_MAX)
		return -ENOSPC;
	devices[n_devices++] = dev;
	return 0;
}

unsigned int uk_blkdev_count(void)
{
	return n_devices;
}

struct uk_blkdev *uk_blkdev_get(unsigned int i)
{
	return i < n_devices ? devices[i] : NULL;
}

static int check(const struct uk_blkdev *dev, uint64_t sector, size_t n)
{
	if (sector > dev->sectors || n > dev->sectors - sector ||
	    n > SIZE_MAX / UK_BLKDEV_SECTOR)
		return -EINVAL;
	return dev->stopped ? -EIO : 0;
}

int uk_blkdev_read(struct uk_blkdev *dev, uint64_t sector, size_t n, void *buf)
{
	int rc = check(dev, sector, n);

	return rc || n == 0 ? rc : dev->ops->read(dev, sector, n, buf);
}

int uk_blkdev_write(struct uk_blkdev *dev, uint64_t sector, size_t n,
		    const void *buf)
{
	int rc = check(dev, sector, n);

	if (rc == 0 && dev->read_only)
		rc = -EROFS;
	return rc || n == 0 ? rc : dev->ops->write(dev, sector, n, buf);
}

int uk_blkdev_flush(struct uk_blkdev *dev)
{
	return dev->stopped ? -EIO : dev->ops->flush(dev);
}
