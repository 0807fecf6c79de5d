/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The flattened device tree (Devicetree Specification 0.4, chapter 5), and the
 * few facts that this platform takes from it. A pure function over the tree as
 * it lies in memory: nothing in it is trusted. Each node is looked at alone,
 * at the root or one level below; what is wrong with one is as if it were not
 * there, but for what no image can do without.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/mmio.h>

#define FDT_MAX (2ul << 20)	/* Linux's protocol: no larger */
#define FDT_HEADER 40
#define FDT_MAX_MMIO 32

enum fdt_call { FDT_CALL_NONE, FDT_CALL_HVC, FDT_CALL_SMC };

struct fdt_facts {
	uint64_t uart, rtc;	/* PL011, PL031; 0 = none */
	unsigned int gic;	/* version: 2 or 3; 0 = none */
	uint64_t gic_dist, gic_dist_len;
	uint64_t gic_cpu, gic_cpu_len;	/* 3: redistributors */
	unsigned int timer;	/* interrupt of the virtual timer, 0 = none */
	enum fdt_call psci;	/* how firmware is called */
	unsigned int n_mmio;
	struct ukplat_mmio mmio[FDT_MAX_MMIO];	/* virtio, unchecked */
	/* Where the seed lies in the tree, to be wiped. */
	size_t seed_at, seed_len;
};

/* How long the tree says it is: bytes, 0 = it is none. `blob` holds
 * FDT_HEADER bytes. */
size_t fdt_size(const void *blob);

/*
 * Fill *out and, of *bi, protocol, memory, seed and command line from the tree
 * of len bytes, aligned to 8. 0, or -EINVAL with one sentence in *why and what
 * it is about in *value; what was found up to there is in both.
 */
int fdt_decode(const void *blob, size_t len, struct fdt_facts *out,
	       struct uk_bootinfo *bi, const char **why, uint64_t *value);
