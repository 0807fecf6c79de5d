/* SPDX-License-Identifier: BSD-3-Clause */
#include "nfit.h"

#include <uk/essentials.h>
#include <uk/str.h>

#define NFIT_ENTRIES 40		/* where the structures begin in the table */
#define NFIT_RANGE 0		/* type of one that describes a range */

struct range {
	uint16_t type, len, index, flags;
	uint32_t reserved, domain;
	uint8_t guid[16];
	uint64_t base, size, attributes;
} UK_PACKED;

/* 66f0d379-b4f3-4074-ac43-0d3318b78cdb: byte-addressable, persistent */
static const uint8_t persistent[16] = {
	0x79, 0xd3, 0xf0, 0x66, 0xf3, 0xb4, 0x74, 0x40,
	0xac, 0x43, 0x0d, 0x33, 0x18, 0xb7, 0x8c, 0xdb
};

static void take(const struct range *r, struct acpi_facts *out)
{
	struct acpi_nvdimm *n;

	if (memcmp(r->guid, persistent, sizeof(persistent)) != 0 ||
	    r->size == 0 || r->size > UINT64_MAX - r->base ||
	    out->n_nvdimms == ACPI_MAX_NVDIMMS)
		return;
	n = &out->nvdimm[out->n_nvdimms++];
	n->pa = r->base;
	n->len = r->size;
}

void nfit_decode(const struct acpi_header *h, struct acpi_facts *out)
{
	const uint8_t *e = (const uint8_t *)h + NFIT_ENTRIES;
	size_t left = h->len < NFIT_ENTRIES ? 0 : h->len - NFIT_ENTRIES;
	uint16_t head[2];

	for (; left >= sizeof(head); left -= head[1], e += head[1]) {
		memcpy(head, e, sizeof(head));
		if (head[1] < sizeof(head) || head[1] > left)
			return;
		if (head[0] == NFIT_RANGE && head[1] >= sizeof(struct range))
			take((const void *)e, out);
	}
}
