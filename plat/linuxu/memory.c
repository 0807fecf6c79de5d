/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mapping. The kernel has mapped the image already, so that mapping a part of
 * it where it lies is a change of rights.
 */
#include <uk/errno.h>
#include <uk/image.h>
#include <uk/plat.h>
#include "linuxu.h"
#include "syscall.h"

/* Far from where the kernel places anything: it works from the top (47 bits)
 * downwards, and the image is below. */
#define VA_START 0x100000000000ul
#define VA_END 0x200000000000ul

const struct ukplat_info ukplat_info = {
	.name = "linuxu",
	.features = UKPLAT_F_PAGE_RIGHTS | UKPLAT_F_NULL_FAULTS |
		    UKPLAT_F_QUERY | UKPLAT_F_TRAP_STACK,
	.va_start = VA_START,
	.va_end = VA_END,
};

static uint64_t ram_bytes UK_RO_AFTER_INIT_ZERO;
static int ram_fd UK_RO_AFTER_INIT_ZERO;

void linuxu_ram_init(uint64_t bytes)
{
	long rc;

	rc = sys2(SYS_MEMFD_CREATE, "ram", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
	if (rc == -EINVAL)	/* a kernel that does not know the seal */
		rc = sys2(SYS_MEMFD_CREATE, "ram", MFD_CLOEXEC);
	if (rc >= 0) {
		ram_fd = (int)rc;
		rc = sys2(SYS_FTRUNCATE, ram_fd, bytes);
	}
	if (rc >= 0)
		rc = linuxu_query_init(ram_fd);
	if (rc < 0)
		ukplat_boot_refuse("the host gives no memory (see UK_MEM in "
				   "the environment): error", (uint64_t)-rc);
	ram_bytes = bytes;
}

bool linuxu_ram_holds(uint64_t pa, uint64_t len)
{
	return pa >= LINUXU_RAM_PA && len <= ram_bytes &&
	       pa - LINUXU_RAM_PA <= ram_bytes - len;
}

static int prot(unsigned int rights)
{
	return (rights & UK_MEM_R ? PROT_READ : 0) |
	       (rights & UK_MEM_W ? PROT_WRITE : 0) |
	       (rights & UK_MEM_X ? PROT_EXEC : 0);
}

/* Is this the image's part where it lies? */
static bool in_image(uintptr_t va, uint64_t pa, size_t len)
{
	return va >= (uintptr_t)uk_image_start &&
	       va + len <= (uintptr_t)uk_image_end &&
	       va - (uintptr_t)uk_image_start == pa - LINUXU_IMAGE_PA;
}

/* There are no tables to prepare: each mapping counts at once. */
int ukplat_map_begin(void)
{
	return 0;
}

int ukplat_map_commit(void)
{
	return 0;
}

int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	long rc;

	if (in_image(va, pa, len))
		return ukplat_protect(va, len, rights);
	/* Neither devices nor a second view of the image are to be had. */
	if (!linuxu_ram_holds(pa, len))
		return -ENXIO;
	rc = sys6(SYS_MMAP, va, len, prot(rights), MAP_SHARED | MAP_NORESERVE |
		  MAP_FIXED_NOREPLACE, ram_fd, pa - LINUXU_RAM_PA);
	if (rc < 0)
		return (int)rc;
	/* A kernel before 4.17 takes the address for a wish. */
	if ((uintptr_t)rc == va)
		return 0;
	sys2(SYS_MUNMAP, rc, len);
	return -EEXIST;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	return (int)sys2(SYS_MUNMAP, va, len);
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	return (int)sys3(SYS_MPROTECT, va, len, prot(rights));
}
