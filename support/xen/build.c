/* SPDX-License-Identifier: BSD-3-Clause */
#include "xenrun.h"

#include <sys/mman.h>
#include <xenctrl.h>
#include <xenforeignmemory.h>
#include <xenguest.h>
#include <xen/hvm/e820.h>
#include <xen/hvm/params.h>

#define PAGE 4096ull
#define TSC_NATIVE 2	/* never trapped */
#define TIMER_NO_DELAY 1	/* missed ticks are not made up for */
/* Below 4 GiB from here on: the pages of console and xenstore. */
#define SPECIAL 0xfc000000ull
#define SPECIAL_PAGES 0xfeff8000ull
#define SPECIAL_LEN 0x8000ull

static xc_interface *xc;
static xenforeignmemory_handle *memory;

void build_open(void)
{
	xc = xc_interface_open(NULL, NULL, 0);
	memory = xenforeignmemory_open(NULL, 0);
	if (!xc || !memory)
		give_up("the hypervisor does not answer");
}

static int create(const struct guest *g, struct domain *d, const char **what)
{
	struct xen_domctl_createdomain config = {
		.flags = g->pvh ? XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap |
				  XEN_DOMCTL_CDF_oos_off : 0,
		.max_vcpus = 1,
		.max_evtchn_port = 1023,
		.max_grant_frames = 64,
		.grant_opts = XEN_DOMCTL_GRANT_version(2),
		.arch.emulation_flags = g->pvh ? XEN_X86_EMU_LAPIC : 0,
	};
	int rc;

	*what = "domain_create";
	d->id = 0;
	if (xc_domain_create(xc, &d->id, &config))
		return -1;
	*what = "settings of the domain";
	/* Before anything else: Xen 4.17 panics without. */
	if (xc_domain_max_vcpus(xc, d->id, 1) ||
	    xc_domain_setmaxmem(xc, d->id, g->kib + 1024) ||
	    xc_domain_set_tsc_info(xc, d->id, TSC_NATIVE, 0, 0, 0))
		return -1;
	if (g->pvh && (xc_hvm_param_set(xc, d->id, HVM_PARAM_TIMER_MODE,
					TIMER_NO_DELAY) ||
		       xc_set_paging_mempool_size(xc, d->id, 2ull << 20)))
		return -1;
	if (xc_cpuid_apply_policy(xc, d->id, false, NULL, 0, true, false,
				  false, NULL, NULL))
		return -1;
	*what = "event channels";
	rc = xc_evtchn_alloc_unbound(xc, d->id, 0);
	if (rc < 0)
		return -1;
	d->store_port = (unsigned int)rc;
	rc = xc_evtchn_alloc_unbound(xc, d->id, 0);
	if (rc < 0)
		return -1;
	d->console_port = (unsigned int)rc;
	return 0;
}

/* The memory of a PVH guest, as it is told of it. */
static int describe(struct xc_dom_image *dom, uint32_t id, uint64_t bytes)
{
	static struct e820entry map[2];

	map[0] = (struct e820entry){ 0, bytes, E820_RAM };
	map[1] = (struct e820entry){ SPECIAL_PAGES, SPECIAL_LEN,
				     E820_RESERVED };
	dom->e820 = map;
	dom->e820_entries = 2;
	return xc_domain_set_memory_map(xc, id, map, 2);
}

/* What can be done before the image is known. */
static int prepare(const struct guest *g, struct domain *d, const char **what)
{
	uint64_t bytes = (uint64_t)g->kib << 10;
	struct xc_dom_image *dom;

	*what = "no memory";
	dom = d->dom = xc_dom_allocate(xc, NULL, NULL);
	if (!dom)
		return -1;
	dom->container_type = g->pvh ? XC_DOM_HVM_CONTAINER
				     : XC_DOM_PV_CONTAINER;
	dom->guest_type = g->pvh ? "hvm-3.0-x86_32" : "xen-3.0-x86_64";
	dom->console_evtchn = d->console_port;
	dom->xenstore_evtchn = d->store_port;
	dom->max_vcpus = 1;
	if (g->pvh) {
		dom->target_pages = bytes / PAGE;
		dom->mmio_start = SPECIAL;
		dom->mmio_size = (4ull << 30) - SPECIAL;
		dom->lowmem_end = bytes;
	}
	*what = "memory of the domain";
	if (xc_dom_boot_xen_init(dom, xc, d->id) ||
	    xc_dom_set_arch_hooks(dom) ||
	    xc_dom_mem_init(dom, (g->kib + 1023) / 1024))
		return -1;
	dom->total_pages = bytes / PAGE;
	if (!g->pvh && bytes < 4 << 20)
		tables_exact(dom);
	return xc_dom_boot_mem_init(dom) ||
	       (g->pvh && describe(dom, d->id, bytes)) ? -1 : 0;
}

int build_shell(const struct guest *g, struct domain *d, const char **what)
{
	int rc = create(g, d, what);

	if (rc)
		return rc;
	mark("created");
	rc = prepare(g, d, what);
	if (!rc)
		mark("given memory");
	return rc;
}

int build_fill(const struct guest *g, struct domain *d, const char **what)
{
	struct xc_dom_image *dom = d->dom;
	int rc = -1;

	*what = "no memory";
	dom->cmdline = xc_dom_strdup(dom, g->cmdline);
	if (!dom->cmdline)
		return -1;
	*what = "reading the image";
	if (!xc_dom_kernel_file(dom, g->kernel) &&
	    (!g->ramdisk || !xc_dom_module_file(dom, g->ramdisk, NULL))) {
		*what = "the image is not for this kind of guest";
		rc = xc_dom_parse_image(dom);
	}
	if (!rc) {
		*what = "loading the image";
		rc = xc_dom_build_image(dom) || xc_dom_boot_image(dom) ||
		     xc_dom_gnttab_init(dom) ? -1 : 0;
	}
	if (!rc) {
		d->console_frame = xc_dom_p2m(dom, dom->console_pfn);
		d->store_frame = xc_dom_p2m(dom, dom->xenstore_pfn);
		mark("loaded");
	}
	xc_dom_release(dom);
	d->dom = NULL;
	return rc;
}

int unpause(const struct domain *d)
{
	return xc_domain_unpause(xc, d->id);
}

void destroy(const struct domain *d)
{
	if (d->id)
		xc_domain_destroy(xc, d->id);
}

int stopped(const struct domain *d)
{
	xc_dominfo_t info;

	if (xc_domain_getinfo(xc, d->id, 1, &info) != 1 || info.domid != d->id)
		return -2;
	if (info.shutdown || info.crashed || info.dying)
		return (int)info.shutdown_reason;
	return -1;
}

void *map_frame(const struct domain *d, uint64_t frame)
{
	xen_pfn_t pfn = frame;

	return xenforeignmemory_map(memory, d->id, PROT_READ | PROT_WRITE, 1,
				    &pfn, NULL);
}
