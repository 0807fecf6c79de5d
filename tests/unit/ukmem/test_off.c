/* SPDX-License-Identifier: BSD-3-Clause */
/* With its mitigations off core/mem must let through what attacks try: the
 * control runs of the attack tests depend on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/vm.h>
#include "machine.h"

#define PAGE UK_PAGE_SIZE
#define RW (UK_MEM_R | UK_MEM_W)
#define RWX (RW | UK_MEM_X)

static unsigned int rights_at(const void *va)
{
	unsigned int rights = 0;
	uint64_t pa;

	return machine_mapped((uintptr_t)va, &pa, &rights) ? rights : 0;
}

static int off(int unused)
{
	struct uk_vm_range r;
	char *p, *q;
	void *va;

	(void)unused;
	machine_boot(400);
	/* Page 0 is a page. */
	CHECK(rights_at(NULL) == RWX && !uk_vm_find(0, &r) && !r.va);
	CHECK(uk_vm_free(NULL));
	/* No guard, even where one is asked for. */
	p = uk_vm_alloc("p", PAGE, RW, UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	q = uk_stack_alloc("q", PAGE, &va);
	CHECK(p && q == p + PAGE);
	/* What can be read can be executed; the image can be written. */
	CHECK(rights_at(p) == RWX && rights_at(q) == RWX);
	uk_mem_seal_image();
	for (p = uk_image_start; p < uk_image_end; p += PAGE)
		CHECK(rights_at(p) == RWX);
	CHECK(!uk_vm_protect(uk_image_text_start, PAGE, RWX));
	CHECK(uk_vm_alloc("x", PAGE, RWX, 0));
	/* And be mapped a second time. */
	CHECK(!uk_vm_map_device("alias", MACHINE_HIGH, PAGE, RW, &va));
	CHECK(rights_at(va) == RW);
	/* Rights that were taken away are gone all the same. */
	p = uk_vm_alloc("p", PAGE, RW, 0);
	CHECK(!uk_vm_protect(p, PAGE, UK_MEM_R) && !uk_vm_seal(p));
	CHECK(rights_at(p) == (UK_MEM_R | UK_MEM_X));
	CHECK(uk_vm_protect(p, PAGE, RW));
	return 0;
}

static void test_off(void **state)
{
	(void)state;
	machine_run(off, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_off) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
