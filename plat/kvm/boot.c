/* SPDX-License-Identifier: BSD-3-Clause */
/* What plat/common asks of this platform on the way to core. */
#include "clock.h"
#include "device.h"
#include "kvm.h"
#include "space.h"

#include <uk/config.h>
#include <uk/essentials.h>

struct acpi_facts kvm_acpi UK_RO_AFTER_INIT_ZERO;
const char plat_name[] = "kvm";

static bool overlaps(const struct uk_region *r, uint64_t pa, uint64_t len)
{
	return pa < r->base + r->len && r->base < pa + len;
}

/* Device registers that ACPI names must not be RAM. */
static void check_registers(const struct uk_bootinfo *bi)
{
	const struct uk_region *r = bi->regions;
	size_t i, n;

	for (i = 0; i < bi->n_regions; i++, r++) {
		if (r->kind != UK_REGION_RAM)
			continue;
		if (!kvm_acpi.sleep_is_io && overlaps(r, kvm_acpi.sleep, 1))
			kvm_acpi.sleep = 0;
		for (n = 0; n < ACPI_MAX_IOAPICS; n++)
			if (overlaps(r, kvm_acpi.ioapic[n].pa, UK_PAGE_SIZE))
				kvm_acpi.ioapic[n].pa = 0;
	}
}

/*
 * Are the ACPI tables worth the time? They name devices, and memory that is a
 * file of the host's. Besides, they tell how to stop a machine that has no
 * device for it, and what counts where there is no PIT.
 */
static bool acpi_wanted(void)
{
#if defined(CONFIG_LIBUKBUS_PCI) || defined(CONFIG_LIBUKBUS_MMIO) || \
	defined(CONFIG_HARDEN_HVRO)
	return true;
#else
	return !kvm_debug_exit_here() || !kvm_pit_ref();
#endif
}

void pvh_found(const struct pvh_view *mem, struct uk_bootinfo *bi)
{
	if (!acpi_wanted())
		return;
	acpi_decode(mem, bi->rsdp_pa, &kvm_acpi);
	check_registers(bi);
}

void pvh_ready(struct uk_bootinfo *bi)
{
	kvm_nvdimm_find(bi);
}

int ukplat_map_commit(void)
{
	pvh_map_commit();
	return 0;
}

int ukplat_init(const struct uk_bootinfo *bi)
{
	int rc = pvh_trap_stacks();

	if (!rc)
		rc = kvm_clock_init(bi);
	if (!rc)
		rc = kvm_irq_init(bi);
	if (!rc)
		ukplat_irq_enable();
	return rc;
}
