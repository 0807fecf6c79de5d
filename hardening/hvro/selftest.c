/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whether the backend of <uk/hvprotect.h> keeps what it says. What it does not
 * say is not asked; what it says and nobody here can prove, fails.
 */
#include <stdbool.h>
#include <uk/arch/system.h>
#include <uk/hvprotect.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/selftest.h>
#include <uk/vm.h>

#define RW (UK_MEM_R | UK_MEM_W)

static bool is_elsewhere(struct uk_selftest_result *r)
{
	if (uk_hvprotect()->by)
		return false;
	r->why = "no hypervisor holds memory on this platform";
	return true;
}

static int proof_for_each(struct uk_selftest_result *r)
{
	if (is_elsewhere(r))
		return UK_SELFTEST_SKIP;
	r->why = "the backend promises what no self-test proves, or nothing";
	r->want = UK_HV_TEXT;
	r->got = uk_hvprotect()->by->holds;
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

/* Page after page, from the real tables. */
static int in_held_memory(struct uk_selftest_result *r)
{
	uintptr_t va = (uintptr_t)uk_image_text_start;
	uint64_t want = uk_hvprotect()->pa, pa;
	unsigned int rights;
	size_t len;

	if (is_elsewhere(r))
		return UK_SELFTEST_SKIP;
	for (; va < (uintptr_t)uk_image_rodata_end; va += len, want += len) {
		r->why = "a page of text or constants is not mapped";
		if (ukplat_map_query(va, &pa, &rights, &len))
			return UK_SELFTEST_FAIL;
		r->why = "a page of text or constants is not in the memory "
			 "that the hypervisor holds (page)";
		r->want = (want - uk_hvprotect()->pa) >> UK_PAGE_SHIFT;
		r->got = (pa - uk_hvprotect()->pa) >> UK_PAGE_SHIFT;
		if (pa != want)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

/* With write protection off, store to *p; did it change? It is put back. */
static UK_NOINLINE bool changes(volatile unsigned char *p)
{
	unsigned long flags = ukplat_irq_save();
	unsigned long cr0 = ukarch_cr0_get();
	unsigned char was = *p;
	bool changed;

	ukarch_cr0_set(cr0 & ~UKARCH_CR0_WP);
	*p = (unsigned char)~was;
	changed = *p != was;
	if (changed)
		*p = was;
	ukarch_cr0_set(cr0);
	ukplat_irq_restore(flags);
	return changed;
}

/* The frame at pa through a mapping of our own at va, which has none now. */
static bool alias_changes(uintptr_t va, uint64_t pa, bool *changed)
{
	if (ukplat_map(va, pa, UK_PAGE_SIZE, RW))
		return false;
	*changed = changes((volatile unsigned char *)va);
	return !ukplat_unmap(va, UK_PAGE_SIZE);
}

/* An address that is ours to map at, with the frame that belongs there; each
 * page in turn, and our own frame as the control. */
static int try_aliases(struct uk_selftest_result *r, uintptr_t va, uint64_t own)
{
	const struct uk_hvprotect *hv = uk_hvprotect();
	bool changed;
	uint64_t at;

	r->why = "no second mapping can be made";
	if (!alias_changes(va, own, &changed))
		return UK_SELFTEST_FAIL;
	r->why = "the test's own store has no effect on plain memory";
	if (!changed)
		return UK_SELFTEST_FAIL;
	for (at = 0; at < hv->len; at += UK_PAGE_SIZE) {
		r->why = "no second mapping can be made";
		r->got = at >> UK_PAGE_SHIFT;
		if (!alias_changes(va, hv->pa + at, &changed))
			return UK_SELFTEST_FAIL;
		r->why = "a store through a second mapping went through (page)";
		if (changed)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

static int stores_dropped(struct uk_selftest_result *r)
{
	void *page;
	uint64_t own;
	int rc = UK_SELFTEST_FAIL;

	if (is_elsewhere(r))
		return UK_SELFTEST_SKIP;
	r->why = "a store to text went through with write protection off";
	if (changes((volatile unsigned char *)uk_image_text_start))
		return rc;
	r->why = "no memory to try with";
	/* The second page keeps the tables of the first from coming and going
	 * with each mapping. */
	page = uk_vm_alloc("selftest", 2 * UK_PAGE_SIZE, RW, 0);
	if (!page)
		return rc;
	own = uk_vm_phys(page);
	if (!uk_vm_protect(page, UK_PAGE_SIZE, 0)) {
		rc = try_aliases(r, (uintptr_t)page, own);
		(void)uk_vm_protect(page, UK_PAGE_SIZE, RW);
	}
	(void)uk_vm_free(page);
	return rc;
}

UK_SELFTEST(hvro, "each promise of the backend has a proof", proof_for_each);
UK_SELFTEST(hvro, "text and constants are in memory that the hypervisor holds",
	    in_held_memory);
UK_SELFTEST(hvro, "stores past page rights have no effect there",
	    stores_dropped);
