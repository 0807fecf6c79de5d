/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The final address space. There is no direct map of memory; page tables are
 * reached through a window of their own, in which the frame at physical
 * address pa is at kvm_window + pa, and in which nothing is mapped but page
 * tables and registers of devices. Frames of tables come from core in small
 * runs and stay here.
 *
 * To map a new run into the window may itself take up to three tables. So
 * that many frames are always kept back for it.
 */
#include "virt.h"
#include "layout.h"

#include <uk/arch/paging.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/image.h>

/*
 * Core's range begins far enough from 0 that no null pointer with an index
 * reaches it; without that promise it shares the image's tables.
 */
#ifdef CONFIG_HARDEN_NULL
#define VA_START	0x100000000000ul
#else
#define VA_START	0x20000000ul
#endif
#define VA_END		0x7ffffffff000ul

#define FIRST		16u	/* frames at first: enough for a small image */
#define RUN		8u	/* frames taken from core at once later */
#define RESERVE		3u
#define FLUSH_MAX	32ul	/* pages: beyond, the whole TLB is emptied */

#ifdef CONFIG_HARDEN_WX
#define RIGHTS_HELD UKPLAT_F_PAGE_RIGHTS
#else
#define RIGHTS_HELD 0
#endif

#ifdef CONFIG_HARDEN_BTI
#define GUARDED true
#else
#define GUARDED false
#endif

const struct ukplat_info ukplat_info = {
	.name = "kvm",
	.features = RIGHTS_HELD | UKPLAT_F_PRIVILEGED | UKPLAT_F_NULL_FAULTS |
		    UKPLAT_F_QUERY | UKPLAT_F_TRAP_STACK,
	.va_start = VA_START,
	.va_end = VA_END,
};

static uint64_t take(void);
static void give(uint64_t pa);

static struct ukarch_pt tables UK_RO_AFTER_INIT = {
	.nx = RIGHTS_HELD != 0,
	.guarded = GUARDED,
	.take = take,
	.give = give,
};

/* Frames that are no table now: a list through their first words. */
static struct {
	uint64_t first;
	unsigned int n;
	bool growing;
} spare;

static uint64_t *in_window(uint64_t pa)
{
	return (uint64_t *)(kvm_window + pa);
}

static void give(uint64_t pa)
{
	*in_window(pa) = spare.first;
	spare.first = pa;
	spare.n++;
}

/* Take n frames from core and map them into the window. */
static bool grow(size_t n)
{
	uint64_t pa;
	size_t i;

	if (uk_frame_alloc(n, n * UK_PAGE_SIZE, &pa))
		return false;
	if (pa >= PLAT_WINDOW_LEN - n * UK_PAGE_SIZE ||
	    ukarch_pt_map(&tables, kvm_window + pa, pa, n * UK_PAGE_SIZE,
			  UKARCH_PROT_W, false)) {
		uk_frame_free(pa, n);
		return false;
	}
	ukarch_tables_written();
	for (i = 0; i < n; i++)
		give(pa + i * UK_PAGE_SIZE);
	return true;
}

static uint64_t take(void)
{
	uint64_t pa;

	if (spare.n <= RESERVE && !spare.growing) {
		spare.growing = true;
		if (!grow(RUN))
			grow(1);
		spare.growing = false;
		if (spare.n <= RESERVE)
			return 0;
	}
	if (!spare.n)
		return 0;
	pa = spare.first;
	spare.first = *in_window(pa);
	spare.n--;
	return pa;
}

void *kvm_slot(unsigned int slot, uint64_t pa, bool device)
{
	uint64_t *slots = kvm_boot_table(KVM_TABLE_SLOTS + 1);
	uint64_t base = pa & -UKARCH_PAGE_LARGE;
	uintptr_t va = KVM_SLOTS + ((uintptr_t)slot << KVM_SLOT_SHIFT);
	unsigned int prot = UKARCH_PROT_W | (device ? UKARCH_PROT_DEVICE : 0);
	const struct ukarch_pt format = { .nx = true };
	uint64_t entry = ukarch_pt_encode(&format, base, prot) &
			 ~UKARCH_PTE_PAGE;

	if (slots[slot] != entry) {
		slots[slot] = 0;
		ukarch_tlb_page(va);
		slots[slot] = entry;
		ukarch_tables_written();
	}
	return (void *)(va + (pa - base));
}

/* The first run: top table, then the window's own tables. */
static uint64_t first_run;
static unsigned int first_used;

static uint64_t first_take(void)
{
	return first_run + UK_PAGE_SIZE * ++first_used;
}

static uint64_t boot_tables(void)
{
	return kvm_image_pa + (uint64_t)(uk_image_end - uk_image_start);
}

/* Aligned to its length, so that it does not straddle large pages, and not
 * where the boot tables lie. */
static int first_alloc(void)
{
	uint64_t boot = boot_tables(), end = boot + KVM_TABLES * UK_PAGE_SIZE;
	uint64_t pa;
	int rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &pa);

	first_run = pa;
	if (rc || pa >= end || pa + FIRST * UK_PAGE_SIZE <= boot)
		return rc;
	rc = uk_frame_alloc(FIRST, FIRST * UK_PAGE_SIZE, &first_run);
	uk_frame_free(pa, FIRST);
	return rc;
}

int ukplat_map_begin(void)
{
	struct ukarch_pt first = { .nx = tables.nx, .take = first_take };
	unsigned int slot;
	uint64_t *top;

	if (first_alloc() || first_run >= PLAT_WINDOW_LEN)
		return -ENOMEM;
	top = kvm_slot(KVM_SLOT_FRAMES, first_run, false);
	first.root = tables.root = first_run;
	tables.window = kvm_window;
	first.window = (uintptr_t)top - first_run;
	ukarch_pt_clear(top);
	ukarch_pt_map(&first, kvm_window + first_run, first_run,
		      FIRST * UK_PAGE_SIZE, UKARCH_PROT_W, false);
	slot = (kvm_window + first_run) >> 39 & (UKARCH_PT_ENTRIES - 1);
	kvm_boot_table(KVM_TABLE_TOP)[slot] = top[slot];
	ukarch_tables_written();
	while (++first_used < FIRST)
		give(first_run + first_used * UK_PAGE_SIZE);
	return 0;
}

volatile void *kvm_device(uint64_t pa, size_t len)
{
	uint64_t start = UK_ALIGN_DOWN(pa, UK_PAGE_SIZE);
	uint64_t end = UK_ALIGN_UP(pa + len, UK_PAGE_SIZE);
	uint64_t at, known;
	unsigned int prot;
	size_t n;

	if (pa >= PLAT_WINDOW_LEN || len > PLAT_WINDOW_LEN - pa)
		return NULL;
	for (at = start; at < end; at += UK_PAGE_SIZE) {
		/* Two devices may share a page. */
		if (ukarch_pt_query(&tables, kvm_window + at, &known, &prot,
				    &n)) {
			if (!(prot & UKARCH_PROT_DEVICE))
				return NULL;
			continue;
		}
		if (ukarch_pt_map(&tables, kvm_window + at, at, UK_PAGE_SIZE,
				  UKARCH_PROT_W | UKARCH_PROT_DEVICE, false))
			return NULL;
	}
	ukarch_tables_written();
	return (volatile void *)(kvm_window + pa);
}

/* They say where the image is, and their frames are core's now. */
static void clear_boot_tables(void)
{
#ifdef CONFIG_HARDEN_ASLR
	const size_t len = KVM_TABLES * UK_PAGE_SIZE;
	uint64_t *at = in_window(boot_tables());
	size_t i;

	if (ukarch_pt_map(&tables, (uintptr_t)at, boot_tables(), len,
			  UKARCH_PROT_W, false))
		return;
	ukarch_tables_written();
	for (i = 0; i < KVM_TABLES; i++)
		ukarch_pt_clear(at + i * UKARCH_PT_ENTRIES);
	ukplat_unmap((uintptr_t)at, len);
#endif
}

/* What the boot tables allowed, the CPU forbids from here on: no page that can
 * be written is executed, whatever its entry says. */
static UK_NOINLINE void use_tables(void)
{
	ukarch_tables_written();
	ukarch_ttbr0_set(tables.root);
#ifdef CONFIG_HARDEN_WX
	ukarch_sctlr_set(ukarch_sctlr_get() | UKARCH_SCTLR_WXN);
#endif
	ukarch_tlb_all();
}

int ukplat_map_commit(void)
{
	volatile void *uart = NULL;

	if (kvm_fdt.uart) {
		uart = kvm_device(kvm_fdt.uart, UK_PAGE_SIZE);
		if (!uart)
			return -ENOMEM;
	}
	use_tables();
	kvm_console_set(uart);
	kvm_watch_start();
	clear_boot_tables();
	return 0;
}

static void flush(uintptr_t va, size_t len)
{
	size_t i;

	if (len > FLUSH_MAX * UK_PAGE_SIZE)
		ukarch_tlb_all();
	else
		for (i = 0; i < len; i += UK_PAGE_SIZE)
			ukarch_tlb_page(va + i);
}

static unsigned int prot_of(unsigned int rights)
{
	return (rights & UK_MEM_W ? UKARCH_PROT_W : 0) |
	       (rights & UK_MEM_X ? UKARCH_PROT_X : 0) |
	       (rights & UK_MEM_DEVICE ? UKARCH_PROT_DEVICE : 0);
}

/* Large pages for core's own range only: the image keeps its rights page by
 * page. */
int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	bool own = va >= VA_START && (va < (uintptr_t)uk_image_start ||
				      va >= (uintptr_t)uk_image_end);
	int rc;

	kvm_watch();
	rc = ukarch_pt_map(&tables, va, pa, len, prot_of(rights), own);
	ukarch_tables_written();
	return rc ? -ENOMEM : 0;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	int rc = ukarch_pt_unmap(&tables, va, len);

	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	int rc;

	kvm_watch();
	rc = ukarch_pt_protect(&tables, va, len, prot_of(rights));
	flush(va, len);
	return rc ? -ENOMEM : 0;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	unsigned int prot;

	if (!ukarch_pt_query(&tables, va, pa, &prot, len))
		return -ENOENT;
	*rights = UK_MEM_R | (prot & UKARCH_PROT_W ? UK_MEM_W : 0) |
		  (prot & UKARCH_PROT_X ? UK_MEM_X : 0) |
		  (prot & UKARCH_PROT_DEVICE ? UK_MEM_DEVICE : 0);
	return 0;
}
