/* SPDX-License-Identifier: BSD-3-Clause */
/* The ACPI timer as a reference for the TSC: runs by itself, 24 or 32 bits. */
#include "clock.h"
#include "device.h"

#include <stddef.h>
#include <uk/arch/io.h>

#define PMTIMER_HZ 3579545

static bool read(uint32_t *count)
{
	*count = inl(kvm_acpi.timer);
	return true;
}

static const struct clock_ref pmtimer24 = {
	.name = "ACPI timer", .hz = PMTIMER_HZ, .mask = 0xffffff, .read = read,
};
static const struct clock_ref pmtimer32 = {
	.name = "ACPI timer", .hz = PMTIMER_HZ, .mask = 0xffffffff,
	.read = read,
};

const struct clock_ref *kvm_pmtimer_ref(void)
{
	if (kvm_acpi.timer == 0)
		return NULL;
	return kvm_acpi.timer_32 ? &pmtimer32 : &pmtimer24;
}
