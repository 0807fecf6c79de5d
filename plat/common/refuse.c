/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/print.h>

void ukplat_boot_refuse(const char *why, uint64_t value)
{
	uk_print_raw("Boot refused: %s (%#llx)\n", why,
		     (unsigned long long)value);
	ukplat_exit(UK_EXIT_BOOT);
}
