/* SPDX-License-Identifier: BSD-3-Clause */
/* Text and rodata in memory that a hypervisor holds, which here is the spare
 * memory of the machine: as large as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/vm.h>
#include "machine.h"

#define PAGE UK_PAGE_SIZE
#define RW (UK_MEM_R | UK_MEM_W)
#define HELD ((size_t)(uk_image_rodata_end - uk_image_text_start))

static const struct uk_hv_backend backend = { .name = "test" };

static void hold(uint64_t pa, uint64_t len)
{
	machine_hv = (struct uk_hvprotect){ pa, len, &backend };
}

static uint64_t frame_at(const char *va)
{
	unsigned int rights;
	uint64_t pa;

	CHECK(machine_mapped((uintptr_t)va, &pa, &rights));
	CHECK(va >= uk_image_rodata_end || !(rights & UK_MEM_W));
	return pa;
}

static int elsewhere(int unused)
{
	uint64_t pa = MACHINE_HIGH, at;
	const char *p;
	void *va;

	(void)unused;
	hold(MACHINE_SPARE_PA, HELD);
	machine_boot(100);
	CHECK(uk_hvprotect()->pa == MACHINE_SPARE_PA);
	for (p = uk_image_start; p < uk_image_end; p += PAGE, pa += PAGE)
		CHECK(frame_at(p) == (p < uk_image_rodata_end ?
			pa - MACHINE_HIGH + MACHINE_SPARE_PA : pa));
	/* Nobody gets at it a second time. */
	CHECK(uk_vm_map_device("x", MACHINE_SPARE_PA, PAGE, RW, &va) == -EPERM);
	CHECK(uk_vm_map_device("x", MACHINE_SPARE_PA + HELD - 1, 1, UK_MEM_R,
			       &va) == -EPERM);
	machine_check(0);
	/* The frames of the copy are frames like any other. */
	while (!uk_frame_alloc(1, PAGE, &at))
		if (at == MACHINE_HIGH)
			break;
	CHECK(at == MACHINE_HIGH);
	CHECK(!uk_frame_alloc(HELD / PAGE - 1, PAGE, &pa));
	CHECK(pa == MACHINE_HIGH + PAGE);
	uk_frame_free(MACHINE_HIGH, HELD / PAGE);
	return 0;
}

static int in_place(int unused)
{
	(void)unused;
	hold(MACHINE_HIGH, HELD);
	machine_boot(100);
	CHECK(frame_at(uk_image_text_start) == MACHINE_HIGH);
	machine_check(0);
	return 0;
}

static int nothing(int unused)
{
	(void)unused;
	machine_boot(100);
	CHECK(!uk_hvprotect()->by);
	CHECK(frame_at(uk_image_text_start) == MACHINE_HIGH);
	machine_check(0);
	return 0;
}

static void boot(void *unused)
{
	(void)unused;
	machine_boot(100);
}

static int refused(int unused)
{
	static const struct {
		uint64_t pa;
		long more;
	} bad[] = {
		{ MACHINE_SPARE_PA, -4096 }, { MACHINE_SPARE_PA, 4096 },
		{ MACHINE_SPARE_PA + 8, 0 },
		{ MACHINE_HIGH + PAGE, 0 },		/* part of the image */
		{ MACHINE_SPARE_PA - PAGE, 0 },		/* RAM */
		{ -(uint64_t)PAGE, 0 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *why;

		hold(bad[i].pa, HELD + (uint64_t)bad[i].more);
		why = machine_dies(boot, NULL);
		CHECK(why && strstr(why, "what the hypervisor holds"));
	}
	return 0;
}

static void test_elsewhere(void **state)
{
	(void)state;
	machine_run(elsewhere, 0);
}

static void test_in_place(void **state)
{
	(void)state;
	machine_run(in_place, 0);
}

static void test_nothing(void **state)
{
	(void)state;
	machine_run(nothing, 0);
}

static void test_refused(void **state)
{
	(void)state;
	machine_run(refused, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elsewhere),
		cmocka_unit_test(test_in_place),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
