/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PV guest's first page tables, for one with little memory: libxenguest maps
 * half a MiB more than is used and rounds up to 4 MiB, which then has to be
 * there. These map the memory that there is, all of it.
 */
#include "xenrun.h"

#include <xenctrl.h>
#include <xenguest.h>

#define PAGE 4096ull
#define LARGE (PAGE * 512)
#define P_RW_US_A_D 0x67ull
#define P_US_A_D 0x65ull

static struct xc_dom_arch hooks;
static int (*start_info)(struct xc_dom_image *dom);

static uint64_t end_of(struct xc_dom_image *dom)
{
	return xc_dom_virt_base(dom) + dom->total_pages * PAGE;
}

/* Top, two below it, and one for each 2 MiB. */
static uint64_t count(struct xc_dom_image *dom)
{
	return 4 + (end_of(dom) - 1) / LARGE - xc_dom_virt_base(dom) / LARGE;
}

static int alloc_tables(struct xc_dom_image *dom)
{
	return xc_dom_alloc_segment(dom, &dom->pgtables_seg, "page tables", 0,
				    count(dom) * PAGE);
}

static uint64_t entry(struct xc_dom_image *dom, xen_pfn_t pfn, uint64_t flags)
{
	return xc_dom_p2m(dom, pfn) * PAGE | flags;
}

/* And the list of the domain's frames. */
static int fill_tables(struct xc_dom_image *dom)
{
	uint64_t (*table)[512] = xc_dom_seg_to_ptr(dom, &dom->pgtables_seg);
	uint64_t *list = xc_dom_seg_to_ptr(dom, &dom->p2m_seg);
	xen_pfn_t first = dom->pgtables_seg.pfn, pfn;
	xen_pfn_t last = first + dom->pgtables_seg.pages;
	uint64_t va = xc_dom_virt_base(dom), i;

	if (!table || !list)
		return -1;
	table[0][va >> 39 & 511] = entry(dom, first + 1, P_RW_US_A_D);
	table[1][va >> 30 & 511] = entry(dom, first + 2, P_RW_US_A_D);
	for (i = 3; i < count(dom); i++)
		table[2][(va / LARGE + i - 3) & 511] =
			entry(dom, first + i, P_RW_US_A_D);
	for (pfn = 0; pfn < dom->total_pages; pfn++, va += PAGE) {
		list[pfn] = xc_dom_p2m(dom, pfn);
		i = 3 + va / LARGE - xc_dom_virt_base(dom) / LARGE;
		table[i][va >> 12 & 511] = entry(dom, pfn, pfn >= first &&
						 pfn < last ? P_US_A_D :
						 P_RW_US_A_D);
	}
	return 0;
}

static int tell(struct xc_dom_image *dom)
{
	start_info_t *si;
	int rc = start_info(dom);

	if (rc)
		return rc;
	si = xc_dom_pfn_to_ptr(dom, dom->start_info_pfn, 1);
	if (!si)
		return -1;
	si->nr_pt_frames = count(dom);
	return 0;
}

void tables_exact(struct xc_dom_image *dom)
{
	hooks = *dom->arch_hooks;
	start_info = hooks.start_info;
	hooks.alloc_pgtables = alloc_tables;
	hooks.setup_pgtables = fill_tables;
	hooks.start_info = tell;
	dom->arch_hooks = &hooks;
}
