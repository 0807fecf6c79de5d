/* SPDX-License-Identifier: BSD-3-Clause */
/* The windows through which a device's registers are reached. */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/init.h>
#include <uk/pcibus.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "config.h"

#define BARS 6
#define BAR_PORTS (1u << 0)
#define BAR_KIND 0x6u
#define BAR_32 0x0u
#define BAR_64 0x4u
#define BAR_FLAGS 0xfu

/* What it is, and with all ones written what it can hold. */
static void read_bar(const struct uk_pci_dev *dev, unsigned int at,
		     uint32_t *v, uint32_t *can)
{
	*v = uk_pci_get(dev, at, 4);
	uk_pci_set(dev, at, 4, UINT32_MAX);
	*can = uk_pci_get(dev, at, 4);
	uk_pci_set(dev, at, 4, *v);
}

static int check(const struct uk_pci_dev *dev, unsigned int n,
		 const struct uk_pci_bar *bar)
{
	const struct uk_bootinfo *bi = uk_boot_info();
	uint64_t limit = ukplat_pci_limit();
	const char *why = NULL;

	if (!UK_IS_POWER_OF_2(bar->len) || bar->pa % bar->len != 0)
		why = "is no window";
	else if (bar->pa == 0)
		why = "was given no place by the firmware";
	else if (bar->len > limit || bar->pa > limit - bar->len)
		why = "lies beyond the CPU's reach";
	else if (!bi || uk_bootinfo_is_memory(bi, bar->pa, bar->len))
		why = "lies over memory";
	if (!why)
		return 0;
	uk_pr_err("device %04x:%04x: window %u %s: not used\n", dev->vendor,
		  dev->device, n, why);
	return -EIO;
}

int uk_pci_bar(const struct uk_pci_dev *dev, unsigned int n,
	       struct uk_pci_bar *bar)
{
	unsigned int at = CFG_BAR + 4 * n;
	uint32_t command, low, low_can, high = 0, high_can = UINT32_MAX;
	uint64_t can;
	bool wide;

	if (n >= BARS)
		return -EIO;
	low = uk_pci_get(dev, at, 4);
	if (low & BAR_PORTS)
		return -ENOENT;
	wide = (low & BAR_KIND) == BAR_64;
	if ((low & BAR_KIND) != BAR_32 && (!wide || n == BARS - 1))
		return -EIO;
	command = uk_pci_get(dev, CFG_COMMAND, 2);
	uk_pci_set(dev, CFG_COMMAND, 2, command & ~COMMAND_MEMORY & 0xffff);
	read_bar(dev, at, &low, &low_can);
	if (wide)
		read_bar(dev, at + 4, &high, &high_can);
	uk_pci_set(dev, CFG_COMMAND, 2, command & 0xffff);
	can = (uint64_t)high_can << 32 | (low_can & ~BAR_FLAGS);
	if (wide ? can == 0 : (uint32_t)can == 0)
		return -ENOENT;
	bar->pa = (uint64_t)high << 32 | (low & ~BAR_FLAGS);
	bar->len = ~can + 1;
	return check(dev, n, bar);
}

int uk_pci_map(const struct uk_pci_dev *dev, const char *name, unsigned int n,
	       uint64_t offset, uint64_t len, volatile void **va)
{
	struct uk_pci_bar bar;
	void *p;
	int rc = uk_pci_bar(dev, n, &bar);

	if (rc)
		return rc == -ENOENT ? -EIO : rc;
	if (len == 0 || offset > bar.len || len > bar.len - offset)
		return -EIO;
	rc = uk_vm_map_device(name, bar.pa + offset, len,
			      UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE, &p);
	if (rc)
		return rc == -ENOMEM ? rc : -EIO;
	*va = p;
	return 0;
}
