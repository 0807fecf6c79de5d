/* SPDX-License-Identifier: BSD-3-Clause */
#include "pv.h"

#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include <uk/errno.h>
#include <uk/str.h>

#include "seed.h"

struct pv_layout pv_parts;
struct uk_bootinfo pv_info;
const uint64_t *pv_list;
static uintptr_t fs_base;
static UK_UNUSED uint32_t store_port UK_RO_AFTER_INIT_ZERO;

static uintptr_t fs_base_get(void)
{
	return fs_base;
}

static void fs_base_set(uintptr_t v)
{
	fs_base = v;
	xen_call2(XEN_SEGMENT_BASE, XEN_SEGMENT_FS, v);
}

/* The hypervisor's list is as long as there are machine frames: beyond, its
 * tables have no entry. */
uint64_t pv_frame_of(uint64_t machine_frame)
{
	const uint64_t *list = (const uint64_t *)XEN_PV_HOLE;
	uint64_t frame;

	if (machine_frame >= (XEN_PV_HOLE_END - XEN_PV_HOLE) / sizeof(*list))
		return UINT64_MAX;
	frame = list[machine_frame];
	return frame < pv_parts.nr_pages && pv_list[frame] == machine_frame ?
	       frame : UINT64_MAX;
}

int pv_take_cmdline(const struct xen_start_info *si, struct uk_bootinfo *bi,
		    const char **why, uint64_t *value)
{
	bi->cmdline_len = strnlen(si->cmdline, XEN_PV_CMDLINE - 1);
	memcpy(bi->cmdline, si->cmdline, bi->cmdline_len);
	bi->cmdline[bi->cmdline_len] = '\0';
	return seed_take(bi, why, value);
}

static void take_initrd(const struct xen_start_info *si,
			struct uk_bootinfo *bi)
{
	uint64_t first = si->flags & XEN_PV_MOD_FRAME ? si->mod_start :
			 pv_boot_frame(si->mod_start);
	uint64_t pages = (si->mod_len + UK_PAGE_SIZE - 1) >> UK_PAGE_SHIFT;

	if (!si->mod_len)
		return;
	if (first >= si->nr_pages || pages > si->nr_pages - first ||
	    bi->n_regions == UK_BOOTINFO_MAX_REGIONS)
		ukplat_boot_refuse("the initrd is not in the domain's memory",
				   si->mod_start);
	bi->regions[bi->n_regions++] = (struct uk_region){
		first << UK_PAGE_SHIFT, si->mod_len, UK_REGION_INITRD,
	};
}

/* Nothing can be said before. */
void pv_console_init(const struct xen_start_info *si)
{
	uint64_t frame = UINT64_MAX;

	if (!(si->flags & XEN_PV_DOM0))
		frame = pv_frame_of(si->console_frame);
	if (frame != UINT64_MAX)
		xen_console_use((volatile struct xen_console *)
				pv_boot_va(frame), si->console_port);
}

static void decode(const struct xen_start_info *si, struct uk_bootinfo *bi)
{
	const char *why = "this is no start-info of Xen's: start the image as "
			  "a PV guest";
	uint64_t value;

	if (strncmp(si->magic, XEN_PV_MAGIC, sizeof(XEN_PV_MAGIC) - 1))
		ukplat_boot_refuse(why, 0);
	pv_list = (const uint64_t *)si->mfn_list;
	pv_parts.nr_pages = si->nr_pages;
	pv_console_init(si);
	if (!pv_layout(si, (uintptr_t)si, pv_frame_of, &pv_parts, &why))
		ukplat_boot_refuse(why, si->nr_pages);
	store_port = si->store_port;
	bi->protocol = "xen";
	bi->image_pa = 0;
	if (!pv_regions(&pv_parts, bi))
		ukplat_boot_refuse("the memory map has too many regions", 0);
	take_initrd(si, bi);
	if (pv_take_cmdline(si, bi, &why, &value))
		ukplat_boot_refuse(why, value);
}

void pv_start(const struct xen_start_info *si)
{
	pv_trap_init();
	ukarch_tls_set_fallback(fs_base_get, fs_base_set);
	ukarch_fpu_init();
	decode(si, &pv_info);
	pv_paging_init(si);
	uk_boot_entry(&pv_info);
}

uint64_t xen_frame(uint64_t pa)
{
	return pa >> UK_PAGE_SHIFT < pv_parts.nr_pages ?
	       pv_list[pa >> UK_PAGE_SHIFT] : UINT64_MAX;
}

#ifdef CONFIG_LIBUKBUS_XEN
static int share(void)
{
	const struct pv_extent *store = &pv_parts.part[PV_STORE];
	uint64_t frame = 0;
	struct xen_grant_setup setup = {
		.domain = XEN_SELF, .nr_frames = 1, .list = (uintptr_t)&frame,
	};
	void *grants;

	if (xen_call4(XEN_GRANT_OP, XEN_GRANT_SETUP, (uintptr_t)&setup, 1, 0) ||
	    setup.status)
		return -ENODEV;
	grants = pv_window_show(PV_GRANTS_SLOT, frame << UK_PAGE_SHIFT);
	return grants ? xen_share_init(grants, store->end ?
				       pv_in_window(store->first) : NULL,
				       store_port) : -ENOMEM;
}
#else
static int share(void)
{
	return 0;
}
#endif

int ukplat_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	int rc = xen_event_init();

	if (!rc)
		rc = share();
	if (!rc)
		ukplat_irq_enable();
	return rc;
}
