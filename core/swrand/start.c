/* SPDX-License-Identifier: BSD-3-Clause */
/* Seeding at boot, and what happens where there is nothing to seed with. */
#include <uk/config.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/swrand.h>

static int start(void)
{
	const struct uk_bootinfo *bi = uk_boot_info();
	int rc = uk_swrand_init(bi->seed, bi->seed_len);

	if (!rc)
		return 0;
	uk_print_raw("swrand: no entropy: %s. Use a CPU model with RDRAND "
		     "(QEMU: -cpu max) or a loader that passes a seed.\n",
		     uk_swrand_check() ? "the machine's source repeats itself" :
		     "this machine has no source that is known");
#ifdef CONFIG_LIBUKSWRAND_OPTIONAL
	return 0;
#else
	ukplat_exit(UK_EXIT_ENTROPY);
#endif
}

/* Behind the stack canary, before everything that draws. */
uk_early_initcall_prio(start, 1);
