/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device tree from anywhere. What is accepted must keep the promises of
 * <uk/bootinfo.h> and fdt.h, what is refused must say why, and nothing beyond
 * its end is read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fdt.h"

#define CHECK(cond) do { if (!(cond)) abort(); } while (0)

static void check_regions(const struct uk_bootinfo *bi)
{
	size_t i;

	CHECK(bi->n_regions <= UK_BOOTINFO_MAX_REGIONS);
	for (i = 0; i < bi->n_regions; i++) {
		const struct uk_region *r = &bi->regions[i];

		CHECK(r->len > 0 && r->len <= UINT64_MAX - r->base);
		CHECK(r->kind == UK_REGION_RAM ||
		      r->kind == UK_REGION_INITRD);
	}
}

static void check_facts(const struct fdt_facts *f, size_t len)
{
	unsigned int i;

	CHECK(f->n_mmio <= FDT_MAX_MMIO);
	for (i = 0; i < f->n_mmio; i++)
		CHECK(f->mmio[i].len && f->mmio[i].irq >= 32 &&
		      f->mmio[i].irq < 1020);
	CHECK(f->gic == 0 || ((f->gic == 2 || f->gic == 3) &&
			      f->gic_dist_len && f->gic_cpu_len));
	CHECK(f->timer == 0 || (f->timer >= 16 && f->timer < 32));
	CHECK(f->seed_at <= len && f->seed_len <= len - f->seed_at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct uk_bootinfo bi;
	static struct fdt_facts facts;
	const char *why = NULL;
	uint64_t value;
	uint8_t *copy;
	size_t len;

	if (size < FDT_HEADER)
		return 0;
	/* Of its own size, so that a read behind it is seen; aligned. */
	len = fdt_size(data);
	if (!len || len > size)
		return 0;
	copy = malloc(len);
	CHECK(copy);
	memcpy(copy, data, len);
	if (fdt_decode(copy, len, &facts, &bi, &why, &value)) {
		CHECK(why && *why);
	} else {
		check_regions(&bi);
		check_facts(&facts, len);
		CHECK(bi.cmdline_len <= UK_BOOTINFO_MAX_CMDLINE);
		CHECK(strlen(bi.cmdline) == bi.cmdline_len);
		CHECK(bi.seed_len <= UK_BOOTINFO_MAX_SEED);
	}
	free(copy);
	return 0;
}
