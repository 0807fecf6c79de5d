/* SPDX-License-Identifier: BSD-3-Clause */
/* core/mem's knowledge of the address space, for core/debug. */
#include <uk/crash.h>
#include <uk/vm.h>
#include "boot.h"

static bool place(uintptr_t addr, const char **name, uintptr_t *start,
		  uintptr_t *end)
{
	struct uk_vm_range r;

	if (uk_vm_find(addr, &r) || !r.rights)
		return false;
	*name = r.name;
	*start = r.va;
	*end = r.va + r.len;
	return true;
}

void boot_place_init(void)
{
	uk_crash_set_place(place);
}
