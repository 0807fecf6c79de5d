/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Boot information from anywhere: the input is guest memory from BASE on, with
 * the start-info first. What is accepted must keep the promises of
 * <uk/bootinfo.h>, what is refused must say why; the ACPI decoder must live
 * with whatever it is pointed at.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "acpi.h"
#include "pvh.h"

#define BASE 0x1000u
#define CHECK(cond) do { if (!(cond)) abort(); } while (0)

static const uint8_t *memory;
static size_t memory_len;

static const void *at(const struct pvh_view *v, uint64_t pa, size_t len)
{
	(void)v;
	CHECK(len > 0);
	if (pa < BASE || pa - BASE > memory_len ||
	    len > memory_len - (pa - BASE))
		return NULL;
	return memory + (pa - BASE);
}

static void check_regions(const struct uk_bootinfo *bi)
{
	size_t i;

	CHECK(bi->n_regions <= UK_BOOTINFO_MAX_REGIONS);
	for (i = 0; i < bi->n_regions; i++) {
		const struct uk_region *r = &bi->regions[i];

		CHECK(r->len > 0 && r->len <= UINT64_MAX - r->base);
		CHECK(r->kind >= UK_REGION_RAM &&
		      r->kind <= UK_REGION_INITRD);
	}
}

static void check_cmdline(const struct uk_bootinfo *bi)
{
	CHECK(bi->cmdline_len <= UK_BOOTINFO_MAX_CMDLINE);
	CHECK(strlen(bi->cmdline) == bi->cmdline_len);
	CHECK(bi->seed_len <= UK_BOOTINFO_MAX_SEED);
	/* A seed is moved, not copied. */
	CHECK(strncmp(bi->cmdline, "rng_seed=", 9) != 0);
	CHECK(!strstr(bi->cmdline, " rng_seed="));
}

static void check_acpi(const struct acpi_facts *f)
{
	CHECK(f->s5a < 8 && f->s5b < 8);
	CHECK(!f->sleep_is_io || f->sleep <= UINT16_MAX);
	CHECK(f->ioapic[0].pa != 0 || f->ioapic[1].pa == 0);
	CHECK(f->n_nvdimms <= ACPI_MAX_NVDIMMS);
	for (size_t i = 0; i < f->n_nvdimms; i++)
		CHECK(f->nvdimm[i].len != 0 &&
		      f->nvdimm[i].len <= UINT64_MAX - f->nvdimm[i].pa);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct pvh_view view = { .at = at };
	static struct uk_bootinfo bi;
	struct acpi_facts facts;
	const char *why = NULL;
	uint64_t value = 0;

	memory = data;
	memory_len = size;
	memset(&bi, 0xee, sizeof(bi));
	if (pvh_decode(&view, BASE, &bi, &why, &value) == 0) {
		check_regions(&bi);
		check_cmdline(&bi);
		(void)pvh_cmdline_pa(&view, BASE);
	} else {
		CHECK(why && *why);
	}
	acpi_decode(&view, bi.rsdp_pa, &facts);
	check_acpi(&facts);
	return 0;
}
