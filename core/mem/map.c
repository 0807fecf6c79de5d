/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "map.h"

/* No CPU that we know has more physical address bits. */
#define PA_END (1ull << 52)

struct check {
	const struct uk_bootinfo *bi;
	struct mem_map *out;
	char *why;
	size_t size;
	uint8_t order[UK_BOOTINFO_MAX_REGIONS];	/* regions by address */
};

static const char *kind_name(enum uk_region_kind kind)
{
	switch (kind) {
	case UK_REGION_RAM:
		return "RAM";
	case UK_REGION_RESERVED:
		return "reserved";
	case UK_REGION_ACPI:
		return "ACPI";
	case UK_REGION_INITRD:
		return "initrd";
	}
	return NULL;
}

static uint64_t end_of(const struct uk_region *r)
{
	return r->base + r->len;
}

static int refuse_region(struct check *c, const struct uk_region *r,
			 const char *what)
{
	uk_snprintf(c->why, c->size,
		    "memory map: region %zu (base %#llx, length %#llx) %s",
		    (size_t)(r - c->bi->regions), (unsigned long long)r->base,
		    (unsigned long long)r->len, what);
	return -EINVAL;
}

static int refuse_pair(struct check *c, const struct uk_region *a,
		       const struct uk_region *b)
{
	uk_snprintf(c->why, c->size,
		    "memory map: %s %#llx-%#llx and %s %#llx-%#llx overlap",
		    kind_name(a->kind), (unsigned long long)a->base,
		    (unsigned long long)end_of(a) - 1, kind_name(b->kind),
		    (unsigned long long)b->base,
		    (unsigned long long)end_of(b) - 1);
	return -EINVAL;
}

static int check_each(struct check *c)
{
	const struct uk_region *r;

	for (r = c->bi->regions; r < c->bi->regions + c->bi->n_regions; r++) {
		if (!kind_name(r->kind))
			return refuse_region(c, r, "is of no known kind");
		if (!r->len)
			return refuse_region(c, r, "is empty");
		if (r->base >= PA_END || r->len > PA_END - r->base)
			return refuse_region(c, r, "ends beyond 2^52");
	}
	return 0;
}

/* By address; where two begin together the container (RAM) goes first. */
static bool goes_before(const struct uk_region *a, const struct uk_region *b)
{
	return a->base < b->base || (a->base == b->base && a->kind < b->kind);
}

static void sort(struct check *c)
{
	const struct uk_region *r = c->bi->regions;
	size_t i, j;

	for (i = 0; i < c->bi->n_regions; i++) {
		for (j = i; j && goes_before(&r[i], &r[c->order[j - 1]]); j--)
			c->order[j] = c->order[j - 1];
		c->order[j] = (uint8_t)i;
	}
}

/* Sorted, a region can only overlap the one before it that ends last; what
 * lies inside RAM is compared with its own predecessor in there, too. */
static int check_overlap(struct check *c)
{
	const struct uk_region *last = NULL, *inner = NULL;
	size_t i;

	for (i = 0; i < c->bi->n_regions; i++) {
		const struct uk_region *r = &c->bi->regions[c->order[i]];

		if (inner && r->base < end_of(inner))
			return refuse_pair(c, inner, r);
		if (last && r->base < end_of(last)) {
			if (last->kind != UK_REGION_RAM ||
			    r->kind != UK_REGION_INITRD ||
			    end_of(r) > end_of(last))
				return refuse_pair(c, last, r);
			inner = r;
			continue;
		}
		last = r;
	}
	return 0;
}

static void add_run(struct mem_map *m, uint64_t base, uint64_t end)
{
	base = UK_ALIGN_UP(base, UK_PAGE_SIZE);
	end = UK_ALIGN_DOWN(end, UK_PAGE_SIZE);
	if (base < end)
		m->run[m->n++] = (struct mem_run){ base, end - base };
}

static void collect(struct check *c)
{
	uint64_t base = 0, end = 0;
	size_t i;

	c->out->n = 0;
	for (i = 0; i < c->bi->n_regions; i++) {
		const struct uk_region *r = &c->bi->regions[c->order[i]];

		if (r->kind != UK_REGION_RAM)
			continue;
		if (r->base != end) {
			add_run(c->out, base, end);
			base = r->base;
		}
		end = end_of(r);
	}
	add_run(c->out, base, end);
}

/* Take [base, end) out of the run that holds part of it. */
static void carve(struct mem_map *m, uint64_t base, uint64_t end)
{
	size_t i;

	base = UK_ALIGN_DOWN(base, UK_PAGE_SIZE);
	end = UK_ALIGN_UP(end, UK_PAGE_SIZE);
	for (i = 0; i < m->n; i++) {
		struct mem_run *r = &m->run[i];
		uint64_t r_end = r->base + r->len;

		if (end <= r->base || base >= r_end)
			continue;
		if (base > r->base && end < r_end) {
			memmove(r + 1, r, (m->n - i) * sizeof(*r));
			m->n++;
			r[0].len = base - r->base;
			r[1] = (struct mem_run){ end, r_end - end };
			return;
		}
		if (base > r->base) {
			r->len = base - r->base;
		} else if (end < r_end) {
			*r = (struct mem_run){ end, r_end - end };
		} else {
			memmove(r, r + 1, (m->n - i - 1) * sizeof(*r));
			m->n--;
			i--;
		}
	}
}

static uint64_t total(const struct mem_map *m)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < m->n; i++)
		sum += m->run[i].len;
	return sum;
}

static bool holds(uint64_t base, uint64_t len, uint64_t pa, uint64_t n)
{
	return pa >= base && n <= len && pa - base <= len - n;
}

/* The image lies in RAM, or in memory that the platform keeps for it. */
static bool image_inside(const struct check *c, uint64_t len)
{
	uint64_t pa = c->bi->image_pa;
	size_t i;

	if (!UK_IS_ALIGNED(pa, UK_PAGE_SIZE))
		return false;
	for (i = 0; i < c->out->n; i++)
		if (holds(c->out->run[i].base, c->out->run[i].len, pa, len))
			return true;
	for (i = 0; i < c->bi->n_regions; i++) {
		const struct uk_region *r = &c->bi->regions[i];

		if (r->kind == UK_REGION_RESERVED &&
		    holds(r->base, r->len, pa, len))
			return true;
	}
	return false;
}

static int carve_all(struct check *c, uint64_t image_len)
{
	uint64_t image = c->bi->image_pa, image_end = image + image_len;
	const struct uk_region *r;

	carve(c->out, image, image_end);
	for (r = c->bi->regions; r < c->bi->regions + c->bi->n_regions; r++) {
		if (r->kind != UK_REGION_INITRD)
			continue;
		if (r->base < image_end && end_of(r) > image)
			return refuse_region(c, r, "overlaps the image");
		carve(c->out, r->base, end_of(r));
	}
	carve(c->out, 0, UK_PAGE_SIZE);
	return 0;
}

int mem_map_check(const struct uk_bootinfo *bi, const struct mem_need *need,
		  struct mem_map *out, char *why, size_t size)
{
	struct check c = { .bi = bi, .out = out, .why = why, .size = size };
	uint64_t all, left;
	int rc;

	if (!bi->n_regions || bi->n_regions > UK_BOOTINFO_MAX_REGIONS) {
		uk_snprintf(why, size, "memory map: %zu regions, 1 to %d are "
			    "possible", bi->n_regions, UK_BOOTINFO_MAX_REGIONS);
		return -EINVAL;
	}
	rc = check_each(&c);
	if (rc)
		return rc;
	sort(&c);
	rc = check_overlap(&c);
	if (rc)
		return rc;
	collect(&c);
	if (!image_inside(&c, need->image_len)) {
		uk_snprintf(why, size, "memory map: the image (%llu KiB at "
			    "%#llx) is not inside one region of memory",
			    (unsigned long long)need->image_len >> 10,
			    (unsigned long long)bi->image_pa);
		return -EINVAL;
	}
	all = total(out);
	rc = carve_all(&c, need->image_len);
	if (rc)
		return rc;
	left = total(out);
	if (left < need->free) {
		uk_snprintf(why, size, "memory: needs at least %llu KiB, has "
			    "%llu KiB: give the machine more",
			    (unsigned long long)(all - left + need->free) >> 10,
			    (unsigned long long)all >> 10);
		return -ENOMEM;
	}
	return 0;
}
