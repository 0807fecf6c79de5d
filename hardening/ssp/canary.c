/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where canaries come from and where a smashed one ends.
 *
 * Entropy is asked of the platform and the CPU directly: a canary is needed
 * before any generator is seeded, and before there is a canary to check:
 * core/boot calls for the first one before anything else.
 */
#include <stdint.h>
#include <uk/arch/cpu.h>
#include <uk/canary.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/print.h>

/* The byte at the lowest address, which an overflow meets first. */
#define TERMINATOR ((uintptr_t)0xff)
#define TRIES 8

UK_NORETURN void __stack_chk_fail(void);

static UK_NORETURN void refuse(void)
{
	uk_print_raw("ssp: no entropy for the stack canary: this machine has "
		     "neither RDSEED nor RDRAND nor a host to ask. Use a CPU "
		     "model that has one (QEMU: -cpu max).\n");
	ukplat_exit(UK_EXIT_ENTROPY);
}

UK_NO_STACK_PROTECTOR uintptr_t uk_canary_new(void)
{
	uint64_t v;

	for (int i = 0; i < TRIES; i++) {
		if (!ukarch_entropy_u64(&v) &&
		    ukplat_entropy(&v, sizeof(v)) != sizeof(v))
			refuse();
		if (v & ~TERMINATOR)
			return v & ~TERMINATOR;
	}
	refuse();
}

/* Compiled code comes here when a canary has changed. */
void __stack_chk_fail(void)
{
	uk_crash(UK_DEATH_STACK_SMASH,
		 "a function's stack frame was overwritten");
}
