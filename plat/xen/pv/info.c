/* SPDX-License-Identifier: BSD-3-Clause */
#include "pv.h"

static bool inside(const struct pv_extent *e, uint64_t nr_pages)
{
	return e->first < e->end && e->end <= nr_pages;
}

static struct pv_extent pages(uint64_t va, uint64_t bytes)
{
	uint64_t first = pv_boot_frame(va);

	return (struct pv_extent){
		first, first + (((va & (UK_PAGE_SIZE - 1)) + bytes +
				 UK_PAGE_SIZE - 1) >> UK_PAGE_SHIFT),
	};
}

static struct pv_extent one(uint64_t frame)
{
	return (struct pv_extent){ frame, frame + 1 };
}

bool pv_layout(const struct xen_start_info *si, uint64_t si_va,
	       uint64_t (*frame_of)(uint64_t machine_frame),
	       struct pv_layout *out, const char **why)
{
	unsigned int i;

	*why = "the start-info counts no frames, or more than there can be";
	out->nr_pages = si->nr_pages;
	if (!si->nr_pages || si->nr_pages > 1ull << 34 ||
	    si->nr_pt_frames > si->nr_pages)
		return false;
	out->part[PV_INFO] = pages(si_va, sizeof(*si));
	out->part[PV_LIST] = pages(si->mfn_list, si->nr_pages * 8);
	out->part[PV_TABLES] = pages(si->pt_base,
				     si->nr_pt_frames << UK_PAGE_SHIFT);
	if (!(si->flags & XEN_PV_DOM0)) {
		out->part[PV_STORE] = one(frame_of(si->store_frame));
		out->part[PV_CONSOLE] = one(frame_of(si->console_frame));
	}
	*why = "the start-info names frames that the domain does not have";
	for (i = 0; i < PV_MOVED; i++)
		if ((out->part[i].first || out->part[i].end) &&
		    !inside(&out->part[i], si->nr_pages))
			return false;
	return true;
}

uint64_t pv_layout_end(const struct pv_layout *l)
{
	uint64_t end = pv_boot_frame(UK_ALIGN_UP((uintptr_t)uk_image_end -
						 pv_slide,
						 UK_PAGE_SIZE));
	unsigned int i;

	for (i = 0; i < PV_PARTS; i++)
		end = UK_MAX(end, l->part[i].end);
	return end;
}

static bool add(struct uk_bootinfo *bi, uint64_t first, uint64_t end,
		enum uk_region_kind kind)
{
	if (first >= end)
		return true;
	if (bi->n_regions == UK_BOOTINFO_MAX_REGIONS)
		return false;
	bi->regions[bi->n_regions++] = (struct uk_region){
		first << UK_PAGE_SHIFT, (end - first) << UK_PAGE_SHIFT, kind,
	};
	return true;
}

/* The first part that begins at `from` or above, NULL: none. */
static const struct pv_extent *next(const struct pv_layout *l, uint64_t from)
{
	const struct pv_extent *e, *best = NULL;

	for (e = l->part; e < l->part + PV_PARTS; e++)
		if (e->end > from && (!best || e->first < best->first))
			best = e;
	return best;
}

bool pv_regions(const struct pv_layout *l, struct uk_bootinfo *bi)
{
	const struct pv_extent *e;
	uint64_t at = 0;

	while ((e = next(l, at))) {
		if (!add(bi, at, e->first, UK_REGION_RAM) ||
		    !add(bi, UK_MAX(at, e->first), e->end, UK_REGION_RESERVED))
			return false;
		at = e->end;
	}
	return add(bi, at, l->nr_pages, UK_REGION_RAM);
}
