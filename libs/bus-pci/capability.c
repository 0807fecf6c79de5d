/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of capabilities: offsets within configuration space, each of which
 * the device chose. */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/pcibus.h>
#include "config.h"

#define SPACE 256
#define FIRST 0x40		/* behind the header */

/* Always from the start, so that nothing is met twice, also by a caller that
 * wants one after the other: a word that was seen before ends the list. */
int uk_pci_cap(const struct uk_pci_dev *dev, unsigned int id,
	       unsigned int after, unsigned int len)
{
	unsigned int at = CFG_CAPABILITIES;
	uint64_t seen = 0;
	bool behind = after == 0;

	if (!(uk_pci_get(dev, CFG_STATUS, 2) & STATUS_LIST))
		return -ENOENT;
	for (;;) {
		at = uk_pci_get(dev, at, 1) & ~3u;
		if (at == 0)
			return -ENOENT;
		if (at < FIRST || at >= SPACE || seen & 1ull << at / 4)
			return -EIO;
		seen |= 1ull << at / 4;
		if (behind && at + len <= SPACE &&
		    uk_pci_get(dev, at, 1) == id)
			return (int)at;
		behind |= at == after;
		at++;
	}
}
