/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The key: asked of the CPU or the platform directly, so that no image needs a
 * generator for it.
 */
#include <uk/arch/cpu.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "mac.h"

struct jmpbuf_key jmpbuf_key UK_RO_AFTER_INIT_ZERO;

static int make_key(void)
{
	for (int i = 0; i < 2; i++) {
		uint64_t *k = &jmpbuf_key.k[i];

		if (ukarch_entropy_u64(k) ||
		    ukplat_entropy(k, sizeof(*k)) == sizeof(*k))
			continue;
		uk_print_raw("jmpbuf: no entropy for the key: use a CPU model "
			     "with RDRAND (QEMU: -cpu max).\n");
		ukplat_exit(UK_EXIT_ENTROPY);
	}
	return 0;
}

uk_early_initcall_prio(make_key, 0);
