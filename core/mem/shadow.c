/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the shadow of a stack is: see <uk/shadow.h>. */
#include <uk/arch/cpu.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/shadow.h>
#include "shadow.h"

#define SPREAD_BITS 38		/* of 47 that there are */

uintptr_t uk_shadow_offset UK_RO_AFTER_INIT_ZERO;
static uintptr_t distance UK_RO_AFTER_INIT_ZERO;

uintptr_t uk_shadow_distance(void)
{
	uint64_t v;

	if (distance)
		return distance;
	if (!ukarch_entropy_u64(&v) &&
	    ukplat_entropy(&v, sizeof(v)) != sizeof(v)) {
		uk_print_raw("shadow-stack: no entropy: use a CPU model with "
			     "RDRAND (QEMU: -cpu max).\n");
		ukplat_exit(UK_EXIT_ENTROPY);
	}
	v = UK_ALIGN_DOWN(v & ((1ul << SPREAD_BITS) - 1), UK_PAGE_SIZE);
	distance = -(UK_SHADOW_LEAST + v);
	return distance;
}

/* One range: shadow, nothing, stack. */
char *mem_stack_with_shadow(const char *name, size_t len)
{
	size_t apart = -uk_shadow_distance();
	char *shadow;

	if (len >= UK_SHADOW_LEAST)
		return NULL;
	shadow = uk_vm_reserve(name, apart + len);
	if (!shadow)
		return NULL;
	if (uk_vm_commit(shadow, len) || uk_vm_commit(shadow + apart, len)) {
		uk_vm_free(shadow);
		return NULL;
	}
	return shadow + apart;
}
