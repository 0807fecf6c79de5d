/* SPDX-License-Identifier: BSD-3-Clause */
/* Which functions are there. */
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/pcibus.h>
#include "config.h"

#define BUSES 256
#define DEVICES 32
#define FUNCTIONS 8

uint32_t uk_pci_get(const struct uk_pci_dev *dev, unsigned int offset,
		    unsigned int width)
{
	uint32_t v;

	return ukplat_pci_read(dev->bdf, offset, width, &v) == 0 ? v
								 : UINT32_MAX;
}

void uk_pci_set(const struct uk_pci_dev *dev, unsigned int offset,
		unsigned int width, uint32_t v)
{
	(void)ukplat_pci_write(dev->bdf, offset, width, v);
}

void uk_pci_start(const struct uk_pci_dev *dev)
{
	uk_pci_set(dev, CFG_COMMAND, 2,
		   (uk_pci_get(dev, CFG_COMMAND, 2) | COMMAND_MEMORY |
		    COMMAND_MASTER | COMMAND_NO_LINE) & 0xffff);
}

/* What a scan has seen: the buses that some bridge leads to. */
struct walk {
	int (*fn)(const struct uk_pci_dev *dev, void *arg);
	void *arg;
	uint64_t buses[BUSES / 64];
};

/* A bridge leads down only, so that a circle of them cannot be walked. */
static void enter(struct walk *w, const struct uk_pci_dev *bridge)
{
	uint32_t bus = uk_pci_get(bridge, CFG_SECONDARY, 1);

	if (bus > bridge->bdf >> 8 && bus < BUSES)
		w->buses[bus / 64] |= 1ull << bus % 64;
}

/* One function, if there is one. *several: whether to look for more. */
static int look(struct walk *w, uint16_t bdf, bool *several)
{
	struct uk_pci_dev dev = { .bdf = bdf };
	uint32_t header;

	dev.vendor = (uint16_t)uk_pci_get(&dev, CFG_VENDOR, 2);
	if (dev.vendor == 0xffff)
		return 0;
	header = uk_pci_get(&dev, CFG_HEADER, 1);
	if ((bdf & 7) == 0)
		*several = header & HEADER_SEVERAL;
	if ((header & HEADER_KIND) == 1)
		enter(w, &dev);
	if ((header & HEADER_KIND) != 0)
		return 0;
	dev.device = (uint16_t)uk_pci_get(&dev, CFG_DEVICE, 2);
	dev.subsystem = (uint16_t)uk_pci_get(&dev, CFG_SUBSYSTEM, 2);
	dev.revision = (uint8_t)uk_pci_get(&dev, CFG_REVISION, 1);
	return w->fn(&dev, w->arg);
}

static int scan_bus(struct walk *w, unsigned int bus)
{
	unsigned int dev, fn;
	bool several;
	int rc;

	for (dev = 0; dev < DEVICES; dev++) {
		several = false;
		for (fn = 0; fn == 0 || (several && fn < FUNCTIONS); fn++) {
			rc = look(w, UK_PCI_BDF(bus, dev, fn), &several);
			if (rc)
				return rc;
		}
	}
	return 0;
}

int uk_pci_scan(int (*fn)(const struct uk_pci_dev *dev, void *arg), void *arg)
{
	struct walk w = { .fn = fn, .arg = arg, .buses = { 1 } };
	unsigned int bus;
	uint32_t v;
	int rc = ukplat_pci_read(0, CFG_VENDOR, 2, &v);

	for (bus = 0; bus < BUSES && !rc; bus++)
		if (w.buses[bus / 64] & 1ull << bus % 64)
			rc = scan_bus(&w, bus);
	return rc;
}
