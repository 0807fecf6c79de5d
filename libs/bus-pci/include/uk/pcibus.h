/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The PCI bus: what is there, its registers, its interrupts. The library keeps
 * nothing: who wants a device scans for it while the image boots (init classes
 * bus and dev) and remembers what it needs. A device is not trusted: what it
 * says of itself is checked here, and -EIO means that it is nonsense. Thread
 * context, before main. Layouts: PCI Local Bus 3.0 and its header type 0.
 */
#pragma once

#include <stdint.h>
#include <uk/pci.h>

struct uk_pci_dev {
	uint16_t bdf;		/* UK_PCI_BDF(): bus, device, function */
	uint16_t vendor, device;
	uint16_t subsystem;	/* the id that goes with the card's vendor */
	uint8_t revision;
};

/*
 * fn for each function that is there and is no bridge, until it returns
 * non-zero (returned). Buses behind bridges as the firmware numbered them.
 * -ENODEV: no PCI on this machine.
 */
int uk_pci_scan(int (*fn)(const struct uk_pci_dev *dev, void *arg), void *arg);

/* Configuration space; width 1, 2 or 4. Ones where nothing answers. */
uint32_t uk_pci_get(const struct uk_pci_dev *dev, unsigned int offset,
		    unsigned int width);
void uk_pci_set(const struct uk_pci_dev *dev, unsigned int offset,
		unsigned int width, uint32_t v);

/* Let it answer at its memory windows and read and write memory itself; its
 * old interrupt line stays silent. */
void uk_pci_start(const struct uk_pci_dev *dev);

/*
 * The first capability `id` of at least len bytes behind the one at `after`
 * (0: from the start): its offset, 64 or more, where all len bytes lie within
 * configuration space. -ENOENT: no further one. -EIO: the list leaves its
 * bounds or does not end.
 */
#define UK_PCI_CAP_VENDOR 0x09
#define UK_PCI_CAP_MSIX 0x11
int uk_pci_cap(const struct uk_pci_dev *dev, unsigned int id,
	       unsigned int after, unsigned int len);

struct uk_pci_bar {
	uint64_t pa, len;	/* bytes, len > 0 */
};

/*
 * Where memory window n (0 to 5) lies. -ENOENT: there is none, or it is one of
 * ports. -EIO: nonsense; it lies over memory or beyond the CPU's reach. The
 * device does not answer while this looks.
 */
int uk_pci_bar(const struct uk_pci_dev *dev, unsigned int n,
	       struct uk_pci_bar *bar);

/* Map [offset, offset + len) of window n as registers, until the image ends.
 * -EIO: does not lie within the window, or as above; -ENOMEM. name: static. */
int uk_pci_map(const struct uk_pci_dev *dev, const char *name, unsigned int n,
	       uint64_t offset, uint64_t len, volatile void **va);

/* Message interrupts of a device. */
struct uk_pci_msix {
	volatile uint32_t *table;	/* four words a vector */
	unsigned int n;			/* vectors, 1 to 2048 */
};

/* Map the table, silence all of it, and turn it on. -ENOENT: none. */
int uk_pci_msix_open(const struct uk_pci_dev *dev, struct uk_pci_msix *m);
/* From now on vector i (below n) calls fn(arg), as ukplat_irq_register() says.
 * -EINVAL: no such vector; else as ukplat_msi_register(). */
int uk_pci_msix_vector(const struct uk_pci_msix *m, unsigned int i,
		       ukplat_irq_fn fn, void *arg);
