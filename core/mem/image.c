/* SPDX-License-Identifier: BSD-3-Clause */
/* From the boot information to the final address space. */
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "draw.h"
#include "extent.h"
#include "image.h"
#include "range.h"
#include "rights.h"

static uint64_t image_pa UK_RO_AFTER_INIT_ZERO;
/* All zero where the hypervisor holds nothing. */
static struct uk_hvprotect hv UK_RO_AFTER_INIT_ZERO;

#ifdef CONFIG_HARDEN_HVRO
const struct uk_hvprotect *uk_hvprotect(void)
{
	return &hv;
}
#endif

static uint64_t image_len(void)
{
	return (uint64_t)(uk_image_end - uk_image_start);
}

bool mem_image_touches(uint64_t pa, uint64_t len)
{
	if (MEM_HVRO && pa < hv.pa + hv.len && pa + len > hv.pa)
		return true;
	return pa < image_pa + image_len() && pa + len > image_pa;
}

static void refuse(const char *why, int rc)
{
	if (rc)
		ukplat_boot_refuse(why, (uint64_t)-rc);
}

/* Of the image's text and rodata, the frames that the hypervisor holds. */
static uint64_t frame_of(const char *p)
{
	if (MEM_HVRO && hv.by && p < uk_image_rodata_end)
		return hv.pa + (uint64_t)(p - uk_image_text_start);
	return image_pa + (uint64_t)(p - uk_image_start);
}

/* What the platform says is held must be what will be mapped from there, and
 * nobody else's memory. */
static void check_held(const struct uk_bootinfo *bi)
{
	uint64_t len = (uint64_t)(uk_image_rodata_end - uk_image_text_start);

	if (!MEM_HVRO || !bi->hv.by)
		return;
	if (!MEM_WX || bi->hv.len != len ||
	    !UK_IS_ALIGNED(bi->hv.pa, UK_PAGE_SIZE) ||
	    bi->hv.pa > UINT64_MAX - len ||
	    (bi->hv.pa != image_pa &&
	     (mem_image_touches(bi->hv.pa, len) ||
	      mem_frame_touches(bi->hv.pa, len))))
		ukplat_boot_refuse("memory: what the hypervisor holds cannot "
				   "be the image's text", bi->hv.pa);
	hv = bi->hv;
}

/* Where the held memory is elsewhere, nothing is left in the frames that text
 * and rodata were loaded to: they are RAM like any other. */
static void give_up_copy(void)
{
	if (MEM_HVRO && hv.by && hv.pa != image_pa)
		mem_frame_adopt(image_pa, hv.len);
}

static void map_segment(const char *name, const char *start, const char *end,
			unsigned int rights)
{
	struct mem_range r = {
		.va = (uintptr_t)start,
		.len = (size_t)(end - start),
		.pa = frame_of(start),
		.name = name,
		.rights = MEM_WX ? (uint16_t)rights : MEM_RWX,
		.flags = MEM_HEAD | MEM_FIXED | (MEM_WX ? MEM_SEALED : 0),
	};

	if (!r.len)
		return;
	refuse("memory: the image cannot be mapped: give the machine more",
	       ukplat_map(r.va, r.pa, r.len, r.rights));
	mem_range_add(&r);
}

static void map_image(void)
{
	/* Without wx the borders are those of no page. */
	if (!MEM_WX) {
		map_segment("image", uk_image_start, uk_image_end,
			    UK_MEM_R | UK_MEM_W | UK_MEM_X);
		return;
	}
	map_segment("text", uk_image_text_start, uk_image_text_end,
		    UK_MEM_R | UK_MEM_X);
	map_segment("rodata", uk_image_rodata_start, uk_image_rodata_end,
		    UK_MEM_R);
	map_segment("data", uk_image_data_start, uk_image_data_end,
		    UK_MEM_R | UK_MEM_W);
	map_segment("roinit", uk_image_roinit_start, uk_image_roinit_end,
		    UK_MEM_R | UK_MEM_W);
	map_segment("bss", uk_image_bss_start, uk_image_bss_end,
		    UK_MEM_R | UK_MEM_W);
}

/* From here on the table can grow. */
static void place_window(struct mem_table *t)
{
	struct mem_range r = {
		.name = t->name,
		.above = MEM_TABLE_WINDOW / UK_PAGE_SIZE,
		.rights = (uint16_t)mem_rights(UK_MEM_R | UK_MEM_W),
		.flags = MEM_HEAD | MEM_CORE,
	};

	r.va = mem_place(MEM_TABLE_WINDOW, 0, 0,
			 MEM_ASLR ? mem_draw_phase() : 0);
	refuse("memory: no address space for core/mem", r.va ? 0 : -ENOMEM);
	mem_range_add(&r);
	t->window = r.va;
}

/* Without the mitigation `null`, page 0 is memory like any other (and is not
 * cleared: the compiler knows that nothing is at address 0). */
static void map_null(void)
{
	struct mem_range r = {
		.len = UK_PAGE_SIZE,
		.name = "null",
		.rights = (uint16_t)mem_rights(UK_MEM_R | UK_MEM_W),
		.flags = MEM_HEAD | MEM_FIXED,
	};
	int rc = uk_frame_alloc(1, UK_PAGE_SIZE, &r.pa);

	if (!rc)
		rc = ukplat_map(0, r.pa, r.len, r.rights);
	if (rc) {
		uk_pr_warn("page 0 cannot be mapped (error %d)\n", rc);
		return;
	}
	mem_range_add(&r);
}

void uk_mem_init(const struct uk_bootinfo *bi)
{
	const struct mem_need need = {
		.image_len = image_len(),
		.free = (uint64_t)CONFIG_LIBUKMEM_MIN_FREE_KIB << 10,
	};
	char why[MEM_MAP_WHY];
	struct uk_frame_stats st;

	refuse(why, mem_map_check(bi, &need, &mem_ram, why, sizeof(why)));
	image_pa = bi->image_pa;
	check_held(bi);
	if (MEM_ASLR)
		mem_draw_init(bi);
	mem_frame_init();
	refuse("memory: no final page tables", ukplat_map_begin());
	map_image();
	refuse("memory: no final page tables", ukplat_map_commit());
	place_window(&mem_extents);
	place_window(&mem_ranges);
	give_up_copy();
	if (!MEM_NULL)
		map_null();
	uk_frame_stats(&st);
	uk_pr_debug("%llu KiB of memory beside the image, %llu KiB free\n",
		    (unsigned long long)st.total << (UK_PAGE_SHIFT - 10),
		    (unsigned long long)st.free << (UK_PAGE_SHIFT - 10));
}

void uk_mem_seal_image(void)
{
	size_t len = (size_t)(uk_image_roinit_end - uk_image_roinit_start);

	if (MEM_WX && len &&
	    mem_protect((uintptr_t)uk_image_roinit_start, len, UK_MEM_R))
		UK_CRASH("what is read-only after init cannot be sealed");
}
