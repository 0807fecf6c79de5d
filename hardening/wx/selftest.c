/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <uk/crash.h>
#include <uk/image.h>
#include <uk/init.h>
#include <uk/param.h>
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>
#include <uk/vm.h>

#define WX (UK_MEM_W | UK_MEM_X)

static int unenforced(struct uk_selftest_result *r)
{
	r->why = "this platform does not enforce page rights";
	return UK_SELFTEST_SKIP;
}

/* Text and constants, and what follows up to the end of sealed data: each in
 * frames in a row. */
struct part {
	uintptr_t va;
	uint64_t pa, len;
};

static bool find(struct part *p, const char *start, const char *end)
{
	unsigned int rights;
	size_t len;

	p->va = (uintptr_t)start;
	p->len = (uint64_t)(end - start);
	return !ukplat_map_query(p->va, &p->pa, &rights, &len);
}

/* Does a run of frames mapped at va show frames of the part anywhere but where
 * the image itself is? */
static bool is_alias(const struct part *p, uintptr_t va, uint64_t pa,
		     size_t len)
{
	if (pa >= p->pa + p->len || pa + len <= p->pa)
		return false;
	return va - p->va != pa - p->pa;
}

/* One walk over all mappings, read from the real tables. */
static int mappings(struct uk_selftest_result *r)
{
	struct part fixed, sealed;
	unsigned int rights;
	uintptr_t va = 0;
	uint64_t pa;
	size_t len;

	if (!(ukplat_info.features & UKPLAT_F_QUERY)) {
		r->why = "this platform cannot read its mappings";
		return UK_SELFTEST_SKIP;
	}
	r->why = "the image itself is not mapped";
	if (!find(&fixed, uk_image_text_start, uk_image_rodata_end) ||
	    !find(&sealed, uk_image_rodata_end, uk_image_roinit_end))
		return UK_SELFTEST_FAIL;
	do {
		len = 0;
		if (ukplat_map_query(va, &pa, &rights, &len) == 0) {
			r->want = r->got = rights;
			r->why = "a page is writable and executable";
			if ((rights & WX) == WX)
				return UK_SELFTEST_FAIL;
			r->why = "text or constants are mapped twice";
			if (is_alias(&fixed, va, pa, len) ||
			    is_alias(&sealed, va, pa, len))
				return UK_SELFTEST_FAIL;
		}
		r->why = "the walk over the mappings does not advance";
		if (len < UK_PAGE_SIZE)
			return UK_SELFTEST_FAIL;
		va += len;
	} while (va > len - 1);
	return UK_SELFTEST_OK;
}

static int stores(struct uk_selftest_result *r)
{
	const char *at;

	if (!(ukplat_info.features & UKPLAT_F_PAGE_RIGHTS))
		return unenforced(r);
	r->why = "a store to text went through";
	if (!uk_probe_faults((uintptr_t)uk_image_text_start,
			     UKARCH_ACCESS_WRITE))
		return UK_SELFTEST_FAIL;
	r->why = "a store to constants went through";
	if (!uk_probe_faults((uintptr_t)uk_image_rodata_start,
			     UKARCH_ACCESS_WRITE))
		return UK_SELFTEST_FAIL;
	r->why = "a store to sealed data went through (which page)";
	for (at = uk_image_roinit_start; at < uk_image_roinit_end;
	     at += UK_PAGE_SIZE, r->got++)
		if (!uk_probe_faults((uintptr_t)at, UKARCH_ACCESS_WRITE))
			return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

/* What the boot walked through, what new threads are copied from, and the hooks
 * that were set on the way: first byte and last. */
static int tables(struct uk_selftest_result *r)
{
	const struct {
		const void *start, *end;
	} sealed[] = {
		{ uk_inittab_start, uk_inittab_end },
		{ uk_ctortab_start, uk_ctortab_end },
		{ uk_dtortab_start, uk_dtortab_end },
		{ uk_selftesttab_start, uk_selftesttab_end },
		{ uk_paramtab_start, uk_paramtab_end },
		{ uk_tls_start, uk_tls_data_end },
		{ &uk_boot_selftest, &uk_boot_selftest + 1 },
	};

	if (!(ukplat_info.features & UKPLAT_F_PAGE_RIGHTS))
		return unenforced(r);
	r->why = "a store to a table of functions went through (which one)";
	for (r->got = 0; r->got < UK_ARRAY_SIZE(sealed); r->got++)
		if (sealed[r->got].start != sealed[r->got].end &&
		    (!uk_probe_faults((uintptr_t)sealed[r->got].start,
				      UKARCH_ACCESS_WRITE) ||
		     !uk_probe_faults((uintptr_t)sealed[r->got].end - 1,
				      UKARCH_ACCESS_WRITE)))
			return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

/* What an attacker would bring along: the code of this function, elsewhere.
 * It returns, so that a jump that succeeds comes back and can be told. */
static UK_NO_STACK_PROTECTOR UK_NOINLINE void payload(void)
{
	__asm__ __volatile__("");
}

#define PAYLOAD 48
static unsigned char in_data[PAYLOAD] = { 1 };
static unsigned char in_bss[PAYLOAD];

static bool plant(unsigned char *at)
{
	const volatile unsigned char *code = (unsigned char *)payload;

	for (size_t i = 0; i < PAYLOAD; i++)
		((volatile unsigned char *)at)[i] = code[i];
	return uk_probe_faults((uintptr_t)at, UKARCH_ACCESS_EXEC);
}

static int jumps(struct uk_selftest_result *r)
{
	unsigned char in_stack[PAYLOAD];

	if (!(ukplat_info.features & UKPLAT_F_PAGE_RIGHTS))
		return unenforced(r);
	r->why = "data was executed";
	if (!plant(in_data))
		return UK_SELFTEST_FAIL;
	r->why = "zero-initialised data was executed";
	if (!plant(in_bss))
		return UK_SELFTEST_FAIL;
	r->why = "the stack was executed";
	if (!plant(in_stack))
		return UK_SELFTEST_FAIL;
	r->why = "constants were executed";
	if (!uk_probe_faults((uintptr_t)uk_image_rodata_start,
			     UKARCH_ACCESS_EXEC))
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

static int refusals(struct uk_selftest_result *r)
{
	void *p = uk_vm_alloc("selftest", UK_PAGE_SIZE, UK_MEM_R | WX, 0);

	r->why = "memory both writable and executable was handed out";
	if (p) {
		uk_vm_free(p);
		return UK_SELFTEST_FAIL;
	}
	r->why = "text was made writable";
	if (uk_vm_protect(uk_image_text_start, UK_PAGE_SIZE,
			  UK_MEM_R | UK_MEM_W) == 0)
		return UK_SELFTEST_FAIL;
	return UK_SELFTEST_OK;
}

UK_SELFTEST(wx, "no mapping is writable and executable, none of text is double",
	    mappings);
UK_SELFTEST(wx, "stores to text, constants and sealed data fault", stores);
UK_SELFTEST(wx, "tables of the boot and its hooks are sealed", tables);
UK_SELFTEST(wx, "jumps into data, stack and constants fault", jumps);
UK_SELFTEST(wx, "writable and executable memory is refused", refusals);
