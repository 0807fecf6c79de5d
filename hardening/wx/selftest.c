/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <uk/crash.h>
#include <uk/image.h>
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

/* Does a run of frames mapped at va show frames of [text, end of sealed data)
 * anywhere but where the image itself is? */
static bool is_alias(uintptr_t va, uint64_t pa, size_t len, uint64_t image_pa)
{
	uintptr_t start = (uintptr_t)uk_image_start;
	uint64_t size = (uintptr_t)uk_image_roinit_end - start;

	if (pa >= image_pa + size || pa + len <= image_pa)
		return false;
	return va - start != pa - image_pa;
}

/* One walk over all mappings, read from the real tables. */
static int mappings(struct uk_selftest_result *r)
{
	unsigned int rights;
	uint64_t pa, image_pa;
	uintptr_t va = 0;
	size_t len;

	if (!(ukplat_info.features & UKPLAT_F_QUERY)) {
		r->why = "this platform cannot read its mappings";
		return UK_SELFTEST_SKIP;
	}
	r->why = "the image itself is not mapped";
	if (ukplat_map_query((uintptr_t)uk_image_start, &image_pa, &rights,
			     &len))
		return UK_SELFTEST_FAIL;
	do {
		len = 0;
		if (ukplat_map_query(va, &pa, &rights, &len) == 0) {
			r->want = r->got = rights;
			r->why = "a page is writable and executable";
			if ((rights & WX) == WX)
				return UK_SELFTEST_FAIL;
			r->why = "text or constants are mapped twice";
			if (is_alias(va, pa, len, image_pa))
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
	r->why = "a store to sealed data went through";
	if (uk_image_roinit_end - uk_image_roinit_start > 0 &&
	    !uk_probe_faults((uintptr_t)uk_image_roinit_start,
			     UKARCH_ACCESS_WRITE))
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
UK_SELFTEST(wx, "jumps into data, stack and constants fault", jumps);
UK_SELFTEST(wx, "writable and executable memory is refused", refusals);
