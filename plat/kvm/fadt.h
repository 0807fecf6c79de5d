/* SPDX-License-Identifier: BSD-3-Clause */
/* The fixed ACPI description table: power-off and the ACPI timer. */
#pragma once

#include <stdint.h>
#include <uk/essentials.h>

#include "acpi.h"

struct acpi_header {
	char signature[4];
	uint32_t len;		/* of the whole table, this header included */
	uint8_t revision, checksum;
	char oem[6], oem_table[8];
	uint32_t oem_revision, creator, creator_revision;
} UK_PACKED;

/* dsdt.c: virtio devices in memory, of the definition block's AML. */
void dsdt_decode(const uint8_t *p, const uint8_t *end, struct acpi_facts *out);

/* Take the facts of a checked "FACP" table. */
void fadt_decode(const struct pvh_view *mem, const struct acpi_header *h,
		 struct acpi_facts *out);
