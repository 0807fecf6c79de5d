/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PCI configuration space through its two ports ("mechanism #1"): QEMU's pc
 * and q35. A machine without them (microvm) reads as ones, address register
 * included.
 */
#include <uk/arch/cpuid.h>
#include <uk/arch/io.h>
#include <uk/errno.h>
#include <uk/pci.h>

#define ADDRESS 0xcf8
#define DATA 0xcfc
#define ENABLE (1u << 31)

/* Point the window at the word that holds offset. */
static int point(uint16_t bdf, unsigned int offset, unsigned int width)
{
	uint32_t v = ENABLE | (uint32_t)bdf << 8 | (offset & 0xfc);

	if (offset > 255 || (width != 1 && width != 2 && width != 4) ||
	    offset % width != 0)
		return -EINVAL;
	outl(ADDRESS, v);
	return inl(ADDRESS) == v ? 0 : -ENODEV;
}

int ukplat_pci_read(uint16_t bdf, unsigned int offset, unsigned int width,
		    uint32_t *v)
{
	uint16_t port = (uint16_t)(DATA + (offset & 3));
	int rc = point(bdf, offset, width);

	if (rc)
		return rc;
	*v = width == 1 ? inb(port) : width == 2 ? inw(port) : inl(port);
	return 0;
}

int ukplat_pci_write(uint16_t bdf, unsigned int offset, unsigned int width,
		     uint32_t v)
{
	uint16_t port = (uint16_t)(DATA + (offset & 3));
	int rc = point(bdf, offset, width);

	if (rc)
		return rc;
	if (width == 1)
		outb(port, (uint8_t)v);
	else if (width == 2)
		outw(port, (uint16_t)v);
	else
		outl(port, v);
	return 0;
}

uint64_t ukplat_pci_limit(void)
{
	struct ukarch_cpuid r;
	unsigned int bits;

	ukarch_cpuid_checked(0x80000008, 0, &r);
	bits = r.eax & 0xff;
	return 1ull << (bits >= 32 && bits <= 52 ? bits : 36);
}
