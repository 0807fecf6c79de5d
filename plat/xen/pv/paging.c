/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The address space: the loader's tables, turned into the final ones. The image
 * and core's ranges are added to them, and in the end what the loader had
 * mapped is taken away. Tables are written by hypercall only, and read in a
 * window in which frame n is at pv_window + n pages; beside them it shows the
 * few other frames that this platform needs. Nothing else is in it.
 *
 * A frame that is to be a table comes from core, is mapped nowhere, and is
 * cleared by the hypervisor.
 */
#include "pv.h"
#include "layout.h"

#include <uk/arch/paging.h>
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/frame.h>

#ifdef CONFIG_HARDEN_WX
#define RIGHTS_HELD UKPLAT_F_PAGE_RIGHTS
#else
#define RIGHTS_HELD 0
#endif

#define TOP 4u
#define HALF (1ul << 47)
#define TABLE (UKARCH_PTE_P | UKARCH_PTE_W | UKARCH_PTE_A | UKARCH_PTE_USER)
#define RIGHTS (UKARCH_PTE_W | UKARCH_PTE_NX)
#define QUEUE 32u
#define FLUSH_MAX 32ul		/* pages: beyond, the whole TLB is emptied */
#define SPARE 32u
#define EARLY 24u		/* tables made before the window works */

const struct ukplat_info ukplat_info = {
	.name = "xenpv",
	.features = RIGHTS_HELD | UKPLAT_F_NULL_FAULTS | UKPLAT_F_QUERY,
	.va_start = PLAT_VA_START,
	.va_end = PLAT_VA_END,
};

static const struct ukarch_pt format = { .nx = RIGHTS_HELD != 0 };
static uint64_t root UK_RO_AFTER_INIT_ZERO;	/* the top table */
static uint64_t shared_info UK_RO_AFTER_INIT_ZERO;
/* So far the loader had mapped frames. */
static uint64_t boot_end UK_RO_AFTER_INIT_ZERO;
static bool final UK_RO_AFTER_INIT_ZERO;

/* Frames that are no table now, and which the window still shows. */
static uint64_t spare[SPARE];
static unsigned int n_spare;

/* Made before the window works: it shows them once it does. */
static uint64_t early[EARLY];
static unsigned int n_early;
static bool window_works;

/* ---- entries ---- */

static struct xen_mmu_update queue[QUEUE];
static unsigned int n_queued;

/* 0, or -1: the hypervisor refuses one of them, and those behind it. */
static int write_out(void)
{
	unsigned int n = n_queued;

	n_queued = 0;
	return n && xen_call4(XEN_MMU_UPDATE, (uintptr_t)queue, n, 0,
			      XEN_SELF) ? -1 : 0;
}

static int put(uint64_t table, unsigned int index, uint64_t value)
{
	queue[n_queued].at = pv_machine(table) + index * sizeof(value);
	queue[n_queued].value = value;
	return ++n_queued == QUEUE ? write_out() : 0;
}

static const uint64_t *entries(uint64_t table)
{
	return (const uint64_t *)((window_works ? pv_window : PV_BASE) +
				  table);
}

/* The frame that an entry leads to: the hypervisor has checked that it is this
 * domain's. */
static uint64_t target(uint64_t entry)
{
	return pv_frame_of((entry & UKARCH_PTE_ADDR) >> UK_PAGE_SHIFT) <<
	       UK_PAGE_SHIFT;
}

static unsigned int shift_of(unsigned int level)
{
	return 12 + 9 * (level - 1);
}

static size_t span(unsigned int level)
{
	return 1ul << shift_of(level);
}

static unsigned int index_of(uintptr_t va, unsigned int level)
{
	return va >> shift_of(level) & (UKARCH_PT_ENTRIES - 1);
}

/* ---- tables ---- */

static int extended(unsigned int what, uint64_t arg)
{
	struct xen_mmuext op = { .what = what, .arg = arg };

	return (int)xen_call4(XEN_MMUEXT_OP, (uintptr_t)&op, 1, 0, XEN_SELF);
}

static int window_map(uint64_t pa, uint64_t machine, unsigned int prot);

/* A frame that is empty and mapped nowhere but, to be read, where the loader
 * had it; 0: no memory. (The first frame of all is the image's.) */
static uint64_t raw_take(void)
{
	uint64_t pa, va;

	if (uk_frame_alloc(1, UK_PAGE_SIZE, &pa))
		return 0;
	va = pv_boot_va(pa >> UK_PAGE_SHIFT);
	if (!final && va < boot_end &&
	    xen_call4(XEN_UPDATE_VA, va, pv_machine(pa) | UKARCH_PTE_P |
		      UKARCH_PTE_A | UKARCH_PTE_NX, XEN_UVMF_INVLPG, 0))
		return 0;
	if (extended(XEN_MMUEXT_CLEAR, pv_machine(pa) >> UK_PAGE_SHIFT))
		return 0;
	return pa;
}

static uint64_t take(void)
{
	uint64_t pa;

	if (n_spare) {
		pa = spare[--n_spare];
		return extended(XEN_MMUEXT_CLEAR,
				pv_machine(pa) >> UK_PAGE_SHIFT) ? 0 : pa;
	}
	pa = raw_take();
	if (!pa)
		return 0;
	if (!window_works) {
		if (n_early == EARLY)
			return 0;
		early[n_early++] = pa;
	} else if (window_map(pa, pv_machine(pa), 0)) {
		uk_frame_free(pa, 1);
		return 0;
	}
	return pa;
}

/* The way down to an entry: table[l] is the one passed on level l. */
struct walk {
	unsigned int level;	/* where it ended */
	uint64_t table[TOP + 1], entry;
};

static void descend(uintptr_t va, struct walk *w)
{
	uint64_t table = root;

	for (w->level = TOP;; w->level--) {
		w->table[w->level] = table;
		w->entry = entries(table)[index_of(va, w->level)];
		if (w->level == 1 || !(w->entry & UKARCH_PTE_P))
			return;
		table = target(w->entry);
	}
}

/* The table of va's page; made where it is missing. 0: no memory. */
static uint64_t reach(uintptr_t va, uint64_t (*from)(void))
{
	struct walk w;
	uint64_t table;

	descend(va, &w);
	for (; w.level > 1; w.level--) {
		table = from();
		if (!table || put(w.table[w.level], index_of(va, w.level),
				  pv_machine(table) | TABLE) || write_out())
			return 0;
		w.table[w.level - 1] = table;
	}
	return w.table[1];
}

/*
 * In the window only the tables of the last level come when they are needed:
 * those above were all made at the start, so that such a table can be put into
 * its place before the window shows it, and shows it by itself then.
 */
static uint64_t window_made;
static uint64_t window_take(void)
{
	return window_made = window_works ? raw_take() : take();
}

static int window_map(uint64_t pa, uint64_t machine, unsigned int prot)
{
	uintptr_t va = pv_window + pa;
	uint64_t table, made;

	window_made = 0;
	table = reach(va, window_take);
	made = window_made;
	if (!table ||
	    put(table, index_of(va, 1), ukarch_pt_encode(&format, machine,
							 prot)) ||
	    write_out())
		return -ENOMEM;
	return made && window_works ?
	       window_map(made, pv_machine(made), 0) : 0;
}

static bool is_empty(uint64_t table)
{
	const uint64_t *e = entries(table), *end = e + UKARCH_PT_ENTRIES;

	while (e < end && !(*e & UKARCH_PTE_P))
		e++;
	return e == end;
}

/* Give back the tables round va, as far up as they are empty. */
static bool prune(uintptr_t va)
{
	bool any = false;
	struct walk w;
	unsigned int level;

	descend(va, &w);
	for (level = w.level; level < TOP && n_spare < SPARE; level++) {
		if (!is_empty(w.table[level]))
			break;
		if (put(w.table[level + 1], index_of(va, level + 1), 0) ||
		    write_out())
			UK_CRASH("the hypervisor refuses to give up a table");
		spare[n_spare++] = w.table[level];
		any = true;
	}
	return any;
}

/* ---- what core asks for ---- */

static unsigned int prot_of(unsigned int rights)
{
	return (rights & UK_MEM_W ? UKARCH_PROT_W : 0) |
	       (rights & UK_MEM_X ? UKARCH_PROT_X : 0);
}

static void flush(uintptr_t va, size_t len, bool tables)
{
	uintptr_t at;

	if (tables || len > FLUSH_MAX * UK_PAGE_SIZE) {
		extended(XEN_MMUEXT_FLUSH, 0);
		return;
	}
	for (at = va; at < va + len; at += UK_PAGE_SIZE)
		extended(XEN_MMUEXT_INVLPG, at);
}

int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	uintptr_t at = va, end = va + len;
	uint64_t table = 0;

	if (rights & UK_MEM_DEVICE ||
	    pa >> UK_PAGE_SHIFT >= pv_parts.nr_pages ||
	    len >> UK_PAGE_SHIFT > pv_parts.nr_pages - (pa >> UK_PAGE_SHIFT))
		return -ENXIO;		/* a guest has no devices */
	for (; at < end; at += UK_PAGE_SIZE, pa += UK_PAGE_SIZE) {
		if (at == va || !index_of(at, 1))
			table = reach(at, take);
		if (!table ||
		    put(table, index_of(at, 1),
			ukarch_pt_encode(&format, pv_machine(pa),
					 prot_of(rights))))
			break;
	}
	if (!write_out() && at == end)
		return 0;
	ukplat_unmap(va, len);
	return -ENOMEM;
}

/* Change the entries that are there in [va, va + len). */
static int change(uintptr_t va, size_t len, uint64_t clear, uint64_t set)
{
	uintptr_t at = va, last = va + len - 1, step;
	bool tables = false;
	struct walk w;

	for (;; at = (at | (step - 1)) + 1) {
		descend(at, &w);
		step = span(w.level);
		for (; w.level == 1;) {
			w.entry = entries(w.table[1])[index_of(at, 1)];
			if ((w.entry & UKARCH_PTE_P) &&
			    put(w.table[1], index_of(at, 1),
				(w.entry & ~clear) | set))
				return -1;
			if (last - at < step || !index_of(at + step, 1))
				break;
			at += step;
		}
		if (write_out())
			return -1;
		if (w.level == 1 && !set && clear & UKARCH_PTE_P)
			tables |= prune(at);
		if ((at | (step - 1)) >= last)
			break;
	}
	flush(va, len, tables);
	return 0;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	if (len && change(va, len, ~0ul, 0))
		UK_CRASH("the hypervisor refuses to unmap");
	return 0;
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	return change(va, len, RIGHTS, ukarch_pt_encode(&format, 0,
		      prot_of(rights)) & RIGHTS) ? -ENOMEM : 0;
}

/* Bytes from va on that are not mapped, where the walk ended at such an
 * entry; what is the hypervisor's is no mapping of ours. */
static size_t absent(const struct walk *w, uintptr_t va)
{
	size_t step = span(w->level);

	return step - (va & (step - 1));
}

static size_t run(const struct walk *w, uintptr_t va, uint64_t pa)
{
	const uint64_t ignore = UKARCH_PTE_ADDR | UKARCH_PTE_A | UKARCH_PTE_D;
	const uint64_t *e = entries(w->table[1]);
	unsigned int i = index_of(va, 1), n = 1;

	for (; i + n < UKARCH_PT_ENTRIES; n++)
		if (((e[i] ^ e[i + n]) & ~ignore) ||
		    target(e[i + n]) != pa + n * UK_PAGE_SIZE)
			break;
	return n * UK_PAGE_SIZE;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	uintptr_t sign = (uintptr_t)((intptr_t)(va << 16) >> 16);
	unsigned int prot;
	struct walk w;

	if (sign != va || (va >= XEN_PV_HOLE && va < XEN_PV_HOLE_END)) {
		*len = XEN_PV_HOLE_END - va;
		return -ENOENT;
	}
	descend(va, &w);
	if (!(w.entry & UKARCH_PTE_P)) {
		*len = absent(&w, va);
		return -ENOENT;
	}
	*pa = target(w.entry);
	*len = run(&w, va, *pa);
	prot = ukarch_pt_decode(&format, w.entry);
	*rights = UK_MEM_R | (prot & UKARCH_PROT_W ? UK_MEM_W : 0) |
		  (prot & UKARCH_PROT_X ? UK_MEM_X : 0);
	return 0;
}

/* ---- start ---- */

void pv_paging_init(const struct xen_start_info *si)
{
	root = pv_parts.part[PV_TABLES].first << UK_PAGE_SHIFT;
	shared_info = si->shared_info;
	/* Three tables, and one for every 2 MiB. */
	boot_end = UK_ALIGN_DOWN(PV_BASE, UKARCH_PAGE_LARGE) +
		   (si->nr_pt_frames - 3) * UKARCH_PAGE_LARGE;
}

static int show(enum pv_part part, unsigned int prot)
{
	const struct pv_extent *e = &pv_parts.part[part];
	uint64_t pa;
	int rc = 0;

	for (pa = e->first << UK_PAGE_SHIFT;
	     pa < e->end << UK_PAGE_SHIFT && !rc; pa += UK_PAGE_SIZE)
		rc = window_map(pa, pv_machine(pa), prot);
	return rc;
}

/* All tables of the window above the last level. */
static int window_make(void)
{
	uint64_t at, end = (pv_parts.nr_pages + PV_SLOTS) << UK_PAGE_SHIFT;

	for (at = 0; at < UK_ALIGN_UP(end, span(3)); at += span(3))
		if (!reach(pv_window + at, take))
			return -ENOMEM;
	return 0;
}

void *pv_in_window(uint64_t frame)
{
	return (void *)(pv_window + (frame << UK_PAGE_SHIFT));
}

void *pv_window_show(unsigned int slot, uint64_t machine)
{
	uint64_t frame = pv_parts.nr_pages + slot;

	return window_map(frame << UK_PAGE_SHIFT, machine, UKARCH_PROT_W) ?
	       NULL : pv_in_window(frame);
}

int ukplat_map_begin(void)
{
	const struct pv_extent *console = &pv_parts.part[PV_CONSOLE];
	unsigned int i;

	if (window_make() || show(PV_TABLES, 0) || show(PV_MOVED, 0) ||
	    show(PV_LIST, 0) || show(PV_STORE, UKARCH_PROT_W) ||
	    show(PV_CONSOLE, UKARCH_PROT_W) ||
	    !pv_window_show(PV_SHARED_SLOT, shared_info))
		return -ENOMEM;
	for (i = 0; i < n_early; i++)
		if (window_map(early[i], pv_machine(early[i]), 0))
			return -ENOMEM;
	window_works = true;
	pv_list = (const uint64_t *)((const char *)pv_in_window(
			pv_parts.part[PV_LIST].first) +
			((uintptr_t)pv_list & (UK_PAGE_SIZE - 1)));
	xen_shared = pv_in_window(pv_parts.nr_pages + PV_SHARED_SLOT);
	if (console->end)
		xen_console_move(pv_in_window(console->first));
	return 0;
}

int ukplat_map_commit(void)
{
	uintptr_t end = (uintptr_t)uk_image_end;

	/* The image stays where it is, or has gone. */
	if (pv_slide)
		end = PV_BASE;
	if (end < boot_end)
		ukplat_unmap(end, boot_end - end);
	final = true;
	return 0;
}
