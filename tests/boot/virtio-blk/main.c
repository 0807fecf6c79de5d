/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sectors out and in: odd counts, more than the driver's buffer, the last one,
 * and beyond it; a read-only disk, one that fails, none.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <uk/blkdev.h>

#define MOST 200	/* sectors */
static unsigned char out[MOST * 512], in[MOST * 512];

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s\n", #cond);			\
			return 1;					\
		}							\
	} while (0)

static void fill(unsigned int seed)
{
	size_t i;

	for (i = 0; i < sizeof(out); i++)
		out[i] = (unsigned char)(seed = seed * 1103515245 + 12345) >> 1;
}

static int there_and_back(struct uk_blkdev *d, uint64_t sector, size_t n)
{
	memset(in, 0, sizeof(in));
	CHECK(uk_blkdev_write(d, sector, n, out) == 0);
	CHECK(uk_blkdev_read(d, sector, n, in) == 0);
	CHECK(memcmp(in, out, n * 512) == 0);
	CHECK(n == MOST || in[n * 512] == 0);
	return 0;
}

static int use(struct uk_blkdev *d)
{
	static const size_t counts[] = { 1, 2, 7, 31, 32, 33, 65, MOST };
	size_t i;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		fill((unsigned int)i);
		CHECK(there_and_back(d, 3 * i, counts[i]) == 0);
		CHECK(there_and_back(d, d->sectors - counts[i],
				     counts[i]) == 0);
	}
	/* The last one is still there when others were written. */
	fill(99);
	CHECK(uk_blkdev_write(d, d->sectors - 1, 1, out) == 0);
	CHECK(uk_blkdev_write(d, d->sectors - 3, 2, out + 512) == 0);
	CHECK(uk_blkdev_flush(d) == 0);
	CHECK(uk_blkdev_read(d, d->sectors - 1, 1, in) == 0);
	CHECK(memcmp(in, out, 512) == 0);
	return 0;
}

int main(void)
{
	struct uk_blkdev *d = uk_blkdev_get(0);
	int rc;

	if (!d) {
		puts("blk: no disk");
		return 3;
	}
	CHECK(uk_blkdev_read(d, d->sectors, 1, in) == -EINVAL);
	CHECK(uk_blkdev_read(d, d->sectors - 1, 2, in) == -EINVAL);
	CHECK(uk_blkdev_read(d, UINT64_MAX, 1, in) == -EINVAL);
	CHECK(uk_blkdev_read(d, 1, SIZE_MAX, in) == -EINVAL);
	CHECK(uk_blkdev_read(d, d->sectors, 0, in) == 0);
	rc = uk_blkdev_read(d, 0, 1, in);
	if (rc) {
		printf("blk: error %d, %s\n", rc,
		       d->stopped ? "stopped" : "not stopped");
		return 4;
	}
	if (d->read_only) {
		CHECK(uk_blkdev_write(d, 0, 1, out) == -EROFS);
		puts("blk: read only");
		return 0;
	}
	CHECK(use(d) == 0);
	puts("blk: done");
	return 0;
}
