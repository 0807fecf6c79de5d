/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The few facts that this platform takes from the ACPI tables, read once while
 * the boot tables still map them. A pure function over the view of "pvh.h":
 * the tables are checked (lengths, checksums, signatures), and whatever is
 * wrong with one is as if it were not there. AML is not interpreted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/mmio.h>

#include "pvh.h"

#define ACPI_MAX_IOAPICS 2
#define ACPI_ISA_IRQS 16
#define ACPI_MAX_NVDIMMS 4
#define ACPI_MAX_MMIO 32

/* Flags of an interrupt override, MPS INTI form. */
#define ACPI_IRQ_POLARITY 0x3	/* 0 = as the bus has it */
#define ACPI_IRQ_LOW 0x3
#define ACPI_IRQ_TRIGGER 0xc	/* 0 = as the bus has it */
#define ACPI_IRQ_LEVEL 0xc

struct acpi_ioapic {
	uint64_t pa;		/* 0 = none */
	uint32_t first;		/* global interrupt number of its pin 0 */
};

struct acpi_facts {
	/* Power-off, old form: 16-bit I/O ports, 0 = none, and the sleep types
	 * of S5 that go with them. */
	uint16_t pm1a, pm1b;
	uint8_t s5a, s5b;
	/* Power-off of hardware-reduced ACPI: one byte to this register. */
	bool sleep_is_io;
	uint64_t sleep;		/* address or port, 0 = none */
	/* 3.579545 MHz counter: I/O port, 0 = none; 32 or 24 bits. */
	uint16_t timer;
	bool timer_32;
	/* Interrupts. isa[n]: where ISA line n arrives. */
	bool has_madt;
	struct acpi_ioapic ioapic[ACPI_MAX_IOAPICS];
	struct acpi_override {
		uint32_t gsi;
		uint8_t flags;	/* ACPI_IRQ_* */
	} isa[ACPI_ISA_IRQS];
	/* Memory that is a file of the host's; base + len does not wrap. Only
	 * looked for where the image has the mitigation hvro. */
	size_t n_nvdimms;
	struct acpi_nvdimm {
		uint64_t pa, len;
	} nvdimm[ACPI_MAX_NVDIMMS];
#ifdef CONFIG_LIBUKBUS_MMIO
	/* Virtio devices in memory, unchecked. */
	unsigned int n_mmio;
	struct ukplat_mmio mmio[ACPI_MAX_MMIO];
#endif
};

/* Fill *out (all of it) from the tables below rsdp_pa; 0 = no tables. */
void acpi_decode(const struct pvh_view *mem, uint64_t rsdp_pa,
		 struct acpi_facts *out);
