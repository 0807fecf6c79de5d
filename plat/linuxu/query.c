/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's own list of mappings is the evidence; nothing is remembered. */
#include <uk/errno.h>
#include <uk/image.h>
#include <uk/plat.h>
#include "linuxu.h"
#include "syscall.h"

#define CHUNK 512

/* What fstat fills; only the first two words are looked at. */
struct host_stat {
	uint64_t dev, ino, rest[16];
};

static uint64_t ram_device UK_RO_AFTER_INIT_ZERO;
static uint64_t ram_inode UK_RO_AFTER_INIT_ZERO;

int linuxu_query_init(int ram_fd)
{
	struct host_stat st;
	long rc = sys2(SYS_FSTAT, ram_fd, &st);

	if (rc < 0)
		return (int)rc;
	/* 12 bits of major number amid 20 of the minor one. */
	ram_device = (st.dev >> 8 & 0xfff) << 32 |
		     (st.dev >> 12 & 0xfff00) | (st.dev & 0xff);
	ram_inode = st.ino;
	return 0;
}

/* The first mapping that ends behind va: 0; -ENOENT: there is none. */
static int find(int fd, uintptr_t va, struct linuxu_map *out)
{
	struct linuxu_maps maps = { .field = 0 };
	char buf[CHUNK];
	long n, i;

	for (;;) {
		n = sys3(SYS_READ, fd, buf, CHUNK);
		if (n == -EINTR)
			continue;
		if (n <= 0)
			return n ? (int)n : -ENOENT;
		for (i = 0; i < n; i++) {
			if (!linuxu_maps_feed(&maps, buf[i]) ||
			    maps.line.end <= va)
				continue;
			*out = maps.line;
			return 0;
		}
	}
}

static uint64_t physical(const struct linuxu_map *m, uintptr_t va)
{
	if (va >= (uintptr_t)uk_image_start && va < (uintptr_t)uk_image_end)
		return LINUXU_IMAGE_PA + (va - (uintptr_t)uk_image_start);
	if (m->inode == ram_inode && m->device == ram_device)
		return LINUXU_RAM_PA + m->offset + (va - m->start);
	return LINUXU_HOST_PA + va;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	long fd = sys2(SYS_OPEN, "/proc/self/maps", O_CLOEXEC);
	struct linuxu_map m;
	int rc;

	if (fd < 0)
		return -ENOTSUP;
	rc = find((int)fd, va, &m);
	sys1(SYS_CLOSE, fd);
	if (rc == -ENOENT) {
		*len = -va;
		return rc;
	}
	if (rc)
		return -ENOTSUP;
	if (m.start > va) {
		*len = m.start - va;
		return -ENOENT;
	}
	*len = m.end - va;
	*pa = physical(&m, va);
	*rights = m.rights;
	return 0;
}
