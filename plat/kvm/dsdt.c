/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio devices that lie in memory (virtio-mmio): the definition block names
 * each with the id "LNRO0005" and a list of resources, here found by a search
 * for their bytes (ACPI 6.4, 6.4.3.4 and 6.4.3.6), not by a run of AML.
 */
#include "fadt.h"

#include <uk/str.h>

#define ID "LNRO0005"
#define ID_LEN 8
/* The resources follow the id within as many bytes. */
#define NEAR 160

#define MEMORY_32_FIXED 0x86	/* 2 bytes of length, flags, base, length */
#define MEMORY_LEN 12
#define INTERRUPT 0x89		/* 2 bytes of length, flags, count, number */
#define INTERRUPT_LEN 9

static uint32_t word(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* A memory window, and right behind it an interrupt. */
static bool resources(const uint8_t *p, const uint8_t *end,
		      struct ukplat_mmio *m)
{
	for (; end - p >= MEMORY_LEN + INTERRUPT_LEN; p++) {
		const uint8_t *q = p + MEMORY_LEN;

		if (p[0] != MEMORY_32_FIXED || p[1] != MEMORY_LEN - 3 || p[2] ||
		    q[0] != INTERRUPT || q[1] != INTERRUPT_LEN - 3 || q[2] ||
		    q[4] != 1)
			continue;
		m->pa = word(p + 4);
		m->len = word(p + 8);
		m->irq = word(q + 5);
		return m->pa != 0 && m->len != 0;
	}
	return false;
}

void dsdt_decode(const uint8_t *p, const uint8_t *end, struct acpi_facts *out)
{
	const uint8_t *stop;

	for (; end - p >= ID_LEN && out->n_mmio < ACPI_MAX_MMIO; p++) {
		if (p[0] != ID[0] || memcmp(p, ID, ID_LEN) != 0)
			continue;
		p += ID_LEN;
		stop = end - p > NEAR ? p + NEAR : end;
		if (resources(p, stop, &out->mmio[out->n_mmio]))
			out->n_mmio++;
	}
}
