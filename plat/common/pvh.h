/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The PVH boot protocol (HVM direct boot, start-info version 1 and later), as
 * a pure function: it reads guest-physical memory through a callback that
 * checks bounds, so the same code runs in the guest, in unit tests and under
 * a fuzzer.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>

/* Guest-physical memory as a decoder may see it. */
struct pvh_view {
	/*
	 * The len bytes (> 0) at physical address pa, any alignment, valid as
	 * long as the view is; NULL if not all of them are within reach.
	 */
	const void *(*at)(const struct pvh_view *v, uint64_t pa, size_t len);
};

/*
 * Decode the start-info at start_info_pa into *out: regions in the order of
 * the loader's map, then its modules (which lie in RAM), command line, ACPI
 * root, seed. Sets every field but image_pa and hv; of the arrays only what the
 * counts cover.
 *
 * `rng_seed=<hex>` on the command line is moved to the seed.
 *
 * 0, or -EINVAL with *why (one sentence: what is wrong, what to do; static
 * storage) and *value (the offending number). out->rsdp_pa is valid after a
 * failure, too: it says how to power off.
 */
int pvh_decode(const struct pvh_view *mem, uint64_t start_info_pa,
	       struct uk_bootinfo *out, const char **why, uint64_t *value);

/*
 * The command line of a start-info that pvh_decode has accepted: physical
 * address, 0 = none.
 */
uint64_t pvh_cmdline_pa(const struct pvh_view *mem, uint64_t start_info_pa);
