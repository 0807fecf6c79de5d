/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An image whose text the hypervisor holds, at a random place. Before the
 * self-tests run, a parameter breaks the claim in one way or another.
 */
#include <stdio.h>
#include <string.h>
#include <uk/frame.h>
#include <uk/hvprotect.h>
#include <uk/image.h>
#include <uk/init.h>
#include <uk/param.h>
#include <uk/plat.h>
#include <uk/vm.h>

#define RW (UK_MEM_R | UK_MEM_W)

static char how[16];
UK_PARAM(hvro, break, string, &how, "redirect or lie");

/* A page of constants comes from RAM, with the very same bytes. */
static int redirect(void)
{
	uintptr_t page = (uintptr_t)uk_image_rodata_end - UK_PAGE_SIZE;
	void *copy = uk_vm_alloc("copy", UK_PAGE_SIZE, RW, 0);

	if (!copy)
		return -1;
	memcpy(copy, (void *)page, UK_PAGE_SIZE);
	return ukplat_unmap(page, UK_PAGE_SIZE) ? :
	       ukplat_map(page, uk_vm_phys(copy), UK_PAGE_SIZE, UK_MEM_R);
}

/* A backend that holds nothing and promises everything. */
static int lie(void)
{
	static const struct uk_hv_backend liar = {
		.name = "liar",
		.guarantee = "all that there is",
		.holds = UK_HV_TEXT | UK_HV_TABLES | UK_HV_CONTROL,
	};
	struct uk_hvprotect *hv = (struct uk_hvprotect *)uk_hvprotect();

	hv->by = &liar;
	return uk_frame_alloc(hv->len >> UK_PAGE_SHIFT, UK_PAGE_SIZE, &hv->pa);
}

static int break_claim(void)
{
	if (!strcmp(how, "redirect"))
		return redirect();
	return strcmp(how, "lie") ? 0 : lie();
}

uk_late_initcall_prio(break_claim, 8);

int main(void)
{
	const struct uk_hvprotect *hv = uk_hvprotect();
	struct uk_frame_stats st;

	uk_frame_stats(&st);
	printf("held by %s, %llu bytes, from 4 GiB on: %d\n", hv->by->name,
	       (unsigned long long)hv->len, hv->pa >= 1ull << 32);
	printf("memory: %llu KiB\n", (unsigned long long)st.total * 4);
	return 0;
}
