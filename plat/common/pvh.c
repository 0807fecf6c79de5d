/* SPDX-License-Identifier: BSD-3-Clause */
#include "pvh.h"
#include "seed.h"

#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/str.h>

#define PVH_MAGIC 0x336ec578u
#define LOW_MEMORY 0x100000ull	/* BIOS area: not always in the map */
#define CHUNK 64u		/* bytes of command line asked for at once */

struct start_info {
	uint32_t magic, version, flags, n_modules;
	uint64_t modules, cmdline, rsdp;
	uint64_t memmap;		/* from version 1 on */
	uint32_t n_memmap, reserved;
} UK_PACKED;

struct module {
	uint64_t base, len, cmdline, reserved;
} UK_PACKED;

struct memmap {
	uint64_t base, len;
	uint32_t type, reserved;
} UK_PACKED;

#define MEMMAP_RAM 1
#define MEMMAP_ACPI 3

/* One decoding: what is read, what is written, what is wrong. */
struct pvh {
	const struct pvh_view *mem;
	struct uk_bootinfo *out;
	const char *why;
	uint64_t value;
};

static int refuse(struct pvh *p, const char *why, uint64_t value)
{
	p->why = why;
	p->value = value;
	return -EINVAL;
}

static int add_region(struct pvh *p, uint64_t base, uint64_t len,
		      enum uk_region_kind kind)
{
	struct uk_region *r;

	if (p->out->n_regions == UK_BOOTINFO_MAX_REGIONS)
		return refuse(p, "the memory map has more regions than this "
			      "image takes ("
			      UK_STRINGIFY(UK_BOOTINFO_MAX_REGIONS)
			      "): merge them", UK_BOOTINFO_MAX_REGIONS);
	r = &p->out->regions[p->out->n_regions++];
	r->base = base;
	r->len = len;
	r->kind = kind;
	return 0;
}

static int decode_memmap(struct pvh *p, const struct start_info *si)
{
	const struct memmap *e;
	enum uk_region_kind kind;
	uint32_t i;
	int rc;

	if (si->n_memmap == 0 || si->memmap == 0)
		return refuse(p, "the loader gave no memory map: PVH "
			      "start-info version 1 with one is needed",
			      si->n_memmap);
	/* Entries of no length do not count against the limit of regions, but
	 * a number like 2^32 is garbage. */
	if (si->n_memmap > 4 * UK_BOOTINFO_MAX_REGIONS)
		return refuse(p, "the memory map has too many entries",
			      si->n_memmap);
	e = p->mem->at(p->mem, si->memmap, si->n_memmap * sizeof(*e));
	if (!e)
		return refuse(p, "the memory map lies where no memory can be "
			      "read", si->memmap);

	for (i = 0; i < si->n_memmap; i++, e++) {
		if (e->len == 0)
			continue;
		if (e->len > UINT64_MAX - e->base)
			return refuse(p, "a region of the memory map wraps "
				      "round the end of the address space",
				      e->base);
		kind = UK_REGION_RESERVED;
		if (e->type == MEMMAP_RAM)
			kind = UK_REGION_RAM;
		else if (e->type == MEMMAP_ACPI)
			kind = UK_REGION_ACPI;
		rc = add_region(p, e->base, e->len, kind);
		if (rc)
			return rc;
	}
	return 0;
}

/* The region that holds [base, base + len), or NULL. */
static const struct uk_region *find_region(const struct pvh *p, uint64_t base,
					   uint64_t len)
{
	const struct uk_region *r = p->out->regions;
	size_t i;

	for (i = 0; i < p->out->n_regions; i++, r++)
		if (base >= r->base && len <= r->len &&
		    base - r->base <= r->len - len)
			return r;
	return NULL;
}

/* Core takes it out of the RAM that holds it. */
static int add_module(struct pvh *p, uint64_t base, uint64_t len)
{
	const struct uk_region *r = find_region(p, base, len);

	if (!r || r->kind != UK_REGION_RAM)
		return refuse(p, "a boot module does not lie in the RAM of "
			      "the memory map", base);
	return add_region(p, base, len, UK_REGION_INITRD);
}

static int decode_modules(struct pvh *p, const struct start_info *si)
{
	const struct module *m;
	uint32_t i;
	int rc;

	if (si->n_modules == 0)
		return 0;
	if (si->n_modules > UK_BOOTINFO_MAX_REGIONS)
		return refuse(p, "the loader gave too many boot modules",
			      si->n_modules);
	m = p->mem->at(p->mem, si->modules, si->n_modules * sizeof(*m));
	if (!m)
		return refuse(p, "the list of boot modules lies where no "
			      "memory can be read", si->modules);
	for (i = 0; i < si->n_modules; i++, m++) {
		if (m->len == 0)
			continue;
		rc = add_module(p, m->base, m->len);
		if (rc)
			return rc;
	}
	return 0;
}

static int decode_cmdline(struct pvh *p, uint64_t pa)
{
	struct uk_bootinfo *bi = p->out;
	const char *src = NULL;
	size_t n, left = 0;

	for (n = 0; pa != 0; n++, left--) {
		if (left == 0) {
			left = CHUNK - ((pa + n) & (CHUNK - 1));
			src = p->mem->at(p->mem, pa + n, left);
			if (!src)
				return refuse(p, "the command line lies where "
					      "no memory can be read", pa);
		}
		if (*src == '\0')
			break;
		if (n == UK_BOOTINFO_MAX_CMDLINE)
			return refuse(p, "the command line is longer than "
				      UK_STRINGIFY(UK_BOOTINFO_MAX_CMDLINE)
				      " bytes: shorten it", n);
		bi->cmdline[n] = *src++;
	}
	bi->cmdline[n] = '\0';
	bi->cmdline_len = n;
	if (n != 0 && pa >= LOW_MEMORY && !find_region(p, pa, n + 1))
		return refuse(p, "the command line lies outside the memory "
			      "map", pa);
	return seed_take(bi, &p->why, &p->value);
}

static const struct start_info *start_info(const struct pvh_view *mem,
					   uint64_t pa)
{
	return mem->at(mem, pa, sizeof(struct start_info));
}

static int decode(struct pvh *p, uint64_t start_info_pa)
{
	const struct start_info *si = start_info(p->mem, start_info_pa);
	int rc;

	if (!si)
		return refuse(p, "the PVH start-info lies where no memory can "
			      "be read", start_info_pa);
	if (si->magic != PVH_MAGIC)
		/* QEMU's loader on pc and q35 lets a command line of more
		 * than 4 KiB run over it. */
		return refuse(p, "no PVH start-info: boot with a loader that "
			      "knows PVH, and a command line of at most "
			      UK_STRINGIFY(UK_BOOTINFO_MAX_CMDLINE) " bytes",
			      si->magic);
	p->out->rsdp_pa = si->rsdp;
	if (si->version == 0)
		return refuse(p, "PVH start-info version 0 has no memory map: "
			      "version 1 is needed", si->version);
	rc = decode_memmap(p, si);
	if (!rc)
		rc = decode_modules(p, si);
	if (!rc)
		rc = decode_cmdline(p, si->cmdline);
	return rc;
}

int pvh_decode(const struct pvh_view *mem, uint64_t start_info_pa,
	       struct uk_bootinfo *out, const char **why, uint64_t *value)
{
	struct pvh p = { .mem = mem, .out = out };
	int rc;

	out->protocol = "pvh";
	out->n_regions = 0;
	out->rsdp_pa = 0;
	out->seed_len = 0;
	out->cmdline_len = 0;
	out->cmdline[0] = '\0';
	rc = decode(&p, start_info_pa);
	if (rc) {
		*why = p.why;
		*value = p.value;
	}
	return rc;
}

uint64_t pvh_cmdline_pa(const struct pvh_view *mem, uint64_t start_info_pa)
{
	return start_info(mem, start_info_pa)->cmdline;
}
