/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a platform with a PCI bus provides, beside <uk/plat.h>: registers of
 * functions, and interrupts that are messages (PCI Local Bus 3.0, chapter 6).
 * A platform that has none returns -ENODEV. For bus drivers; everybody else
 * uses theirs.
 */
#pragma once

#include <stdint.h>
#include <uk/plat.h>

/* A function's place: bus << 8 | device << 3 | function. */
#define UK_PCI_BDF(bus, dev, fn) \
	((uint16_t)((bus) << 8 | ((dev) & 31) << 3 | ((fn) & 7)))

/*
 * Read or write `width` (1, 2 or 4) bytes of configuration space at offset
 * (0 to 255, a multiple of width). What is not there reads as ones, and writes
 * are lost. -ENODEV: this platform, or this machine, has no PCI. -EINVAL:
 * offset or width. Thread context.
 */
int ukplat_pci_read(uint16_t bdf, unsigned int offset, unsigned int width,
		    uint32_t *v);
int ukplat_pci_write(uint16_t bdf, unsigned int offset, unsigned int width,
		     uint32_t v);

/* No register of a device lies at this physical address or above: beyond it
 * the CPU's page tables cannot point. 0: no devices here. */
uint64_t ukplat_pci_limit(void);

/* What a device writes, and where, to raise an interrupt. */
struct ukplat_msi {
	uint64_t address;
	uint32_t data;
};

/*
 * Call fn(arg) with interrupts off whenever a device writes *msi, which is set
 * on success. -ENODEV: no such interrupts here. -EBUSY: all are taken. Before
 * the image is sealed only, as with ukplat_irq_register(). Thread context.
 */
int ukplat_msi_register(ukplat_irq_fn fn, void *arg, struct ukplat_msi *msi);
