/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of capabilities: offsets within configuration space, each of which
 * the device chose. */
#include <uk/errno.h>
#include <uk/pcibus.h>
#include "config.h"

#define SPACE 256
#define FIRST 0x40		/* behind the header */
#define MOST ((SPACE - FIRST) / 4)

int uk_pci_cap(const struct uk_pci_dev *dev, unsigned int id,
	       unsigned int after, unsigned int len)
{
	unsigned int at, steps;

	if (!(uk_pci_get(dev, CFG_STATUS, 2) & STATUS_LIST))
		return -ENOENT;
	at = after ? after + 1 : CFG_CAPABILITIES;
	for (steps = 0; steps < MOST; steps++) {
		at = uk_pci_get(dev, at, 1) & ~3u;
		if (at == 0)
			return -ENOENT;
		if (at < FIRST || at > SPACE - 4)
			return -EIO;
		/* One that comes before `after` would be met for ever. */
		if (uk_pci_get(dev, at, 1) == id && at + len <= SPACE)
			return (int)at;
		at++;
	}
	return -EIO;
}
