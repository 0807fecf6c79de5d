/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One draw a stack, asked of the CPU's generator or the platform directly: no
 * state is kept that tells of the next place, and no image needs a generator
 * for a byte.
 */
#include <uk/arch/cpu.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/stack.h>

/* 1 to 256 grains. */
size_t uk_stack_offset_new(void)
{
	uint64_t v;

	if (!ukarch_entropy_u64(&v) &&
	    ukplat_entropy(&v, sizeof(v)) != sizeof(v)) {
		uk_print_raw("stack-offset: no entropy: use a CPU model with "
			     "RDRAND (QEMU: -cpu max).\n");
		ukplat_exit(UK_EXIT_ENTROPY);
	}
	return UK_STACK_SPREAD - v * UK_STACK_GRAIN % UK_STACK_SPREAD;
}
