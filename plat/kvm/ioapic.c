/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The I/O interrupt controllers: which line goes to which vector. Mapped when
 * the first line is asked for.
 */
#include "device.h"

#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/vm.h>

#define DEFAULT_PA 0xfec00000ull
#define REGS_LEN 0x20

#define REG_VERSION 0x01
#define REG_ROUTE(pin) (0x10 + 2 * (pin))

#define ROUTE_LOW (1u << 13)
#define ROUTE_LEVEL (1u << 15)
#define ROUTE_MASKED (1u << 16)
#define ROUTE_CPU_SHIFT 24	/* in the upper word */

/* The ISA lines and the pins above them: QEMU's and real PCI lines are level,
 * those of the second controller (virtio-mmio) are edge. */
#define PCI_FIRST 16
#define PCI_END 24

static struct ioapic {
	volatile uint32_t *regs;	/* [0] selects, [4] is the window */
	uint32_t first, n;		/* global numbers [first, first + n) */
} ioapics[ACPI_MAX_IOAPICS];
static bool opened;

static uint32_t get(const struct ioapic *io, uint32_t reg)
{
	io->regs[0] = reg;
	return io->regs[4];
}

static void set(const struct ioapic *io, uint32_t reg, uint32_t v)
{
	io->regs[0] = reg;
	io->regs[4] = v;
}

static int open_one(struct ioapic *io, uint64_t pa, uint32_t first)
{
	void *va;
	uint32_t pin;
	int rc;

	rc = uk_vm_map_device("ioapic", pa, REGS_LEN,
			      UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE, &va);
	if (rc)
		return rc;
	io->regs = va;
	io->first = first;
	io->n = (get(io, REG_VERSION) >> 16 & 0xff) + 1;
	/* What the firmware left open goes to vectors that mean other things
	 * here. */
	for (pin = 0; pin < io->n; pin++)
		set(io, REG_ROUTE(pin), ROUTE_MASKED);
	return 0;
}

static int open_all(void)
{
	const struct acpi_ioapic *a = kvm_acpi.ioapic;
	unsigned int i;
	int rc = 0;

	if (opened)
		return 0;
	if (a[0].pa == 0) {
		rc = open_one(&ioapics[0], DEFAULT_PA, 0);
	} else {
		for (i = 0; i < ACPI_MAX_IOAPICS && a[i].pa != 0 && !rc; i++)
			rc = open_one(&ioapics[i], a[i].pa, a[i].first);
	}
	opened = rc == 0;
	return rc;
}

/* Global number and mode of a line. */
static uint32_t pin_mode(unsigned int line, uint32_t *gsi)
{
	uint8_t flags;

	*gsi = line;
	if (line >= PCI_FIRST)
		return line < PCI_END ? ROUTE_LEVEL : 0;
	if (!kvm_acpi.has_madt)
		return 0;
	*gsi = kvm_acpi.isa[line].gsi;
	flags = kvm_acpi.isa[line].flags;
	return ((flags & ACPI_IRQ_POLARITY) == ACPI_IRQ_LOW ? ROUTE_LOW : 0) |
	       ((flags & ACPI_IRQ_TRIGGER) == ACPI_IRQ_LEVEL ? ROUTE_LEVEL : 0);
}

static struct ioapic *find(uint32_t gsi)
{
	struct ioapic *io;

	for (io = ioapics; io < ioapics + ACPI_MAX_IOAPICS; io++)
		if (io->regs && gsi - io->first < io->n)
			return io;
	return NULL;
}

int kvm_ioapic_route(unsigned int line, unsigned int vector)
{
	struct ioapic *io;
	uint32_t gsi, mode;
	int rc;

	rc = open_all();
	if (rc)
		return rc;
	mode = pin_mode(line, &gsi);
	io = find(gsi);
	if (!io)
		return -EINVAL;
	set(io, REG_ROUTE(gsi - io->first) + 1,
	    kvm_apic_id() << ROUTE_CPU_SHIFT);
	set(io, REG_ROUTE(gsi - io->first), mode | vector);
	return 0;
}
