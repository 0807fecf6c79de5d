/* SPDX-License-Identifier: BSD-3-Clause */
/* What the start-info of a PV guest says, well and ill. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../plat/xen/pv/info.c"

#define PAGE 4096ull
#define INFO 30
#define AT(frame) (PV_BASE + (frame) * PAGE)

char uk_image_start[1], uk_image_end[1];
static struct xen_start_info si;
static struct uk_bootinfo bi;
static struct pv_layout layout;

/* Machine frames from 1000 on are the domain's. */
static uint64_t frame_of(uint64_t machine)
{
	return machine >= 1000 && machine < 1000 + si.nr_pages ?
	       machine - 1000 : UINT64_MAX;
}

static int set_up(void **state)
{
	(void)state;
	memset(&layout, 0, sizeof(layout));
	memset(&bi, 0, sizeof(bi));
	si = (struct xen_start_info){
		.nr_pages = 1024, .mfn_list = AT(20), .store_frame = 1031,
		.console_frame = 1032, .pt_base = AT(33), .nr_pt_frames = 5,
	};
	return 0;
}

static bool decode(void)
{
	const char *why = NULL;
	bool ok = pv_layout(&si, AT(INFO), frame_of, &layout, &why);

	assert_true(ok || why);
	return ok;
}

static void regions(void **state)
{
	/* The list has two pages; info to tables adjoin, one by one. */
	static const struct uk_region want[] = {
		{ 0, 20 * PAGE, UK_REGION_RAM },
		{ 20 * PAGE, 2 * PAGE, UK_REGION_RESERVED },
		{ 22 * PAGE, 8 * PAGE, UK_REGION_RAM },
		{ 30 * PAGE, 1 * PAGE, UK_REGION_RESERVED },
		{ 31 * PAGE, 1 * PAGE, UK_REGION_RESERVED },
		{ 32 * PAGE, 1 * PAGE, UK_REGION_RESERVED },
		{ 33 * PAGE, 5 * PAGE, UK_REGION_RESERVED },
		{ 38 * PAGE, 986 * PAGE, UK_REGION_RAM },
	};
	size_t i;

	(void)state;
	assert_true(decode());
	assert_true(pv_regions(&layout, &bi));
	assert_int_equal(bi.n_regions, 8);
	for (i = 0; i < 8; i++) {
		assert_int_equal(bi.regions[i].base, want[i].base);
		assert_int_equal(bi.regions[i].len, want[i].len);
		assert_int_equal(bi.regions[i].kind, want[i].kind);
	}
}

/* Parts that overlap are reserved once. */
static void overlap(void **state)
{
	uint64_t sum = 0;
	size_t i;

	(void)state;
	si.mfn_list = AT(32);
	assert_true(decode());
	assert_true(pv_regions(&layout, &bi));
	for (i = 0; i < bi.n_regions; i++) {
		assert_int_equal(bi.regions[i].base, sum);
		assert_true(bi.regions[i].len > 0);
		sum += bi.regions[i].len;
	}
	assert_int_equal(sum, 1024 * PAGE);
}

static void dom0(void **state)
{
	(void)state;
	si.flags = XEN_PV_DOM0;
	si.console_frame = si.store_frame = 0;
	assert_true(decode());
	assert_int_equal(layout.part[PV_CONSOLE].end, 0);
	assert_true(pv_regions(&layout, &bi));
	assert_int_equal(bi.n_regions, 7);
}

static void ill(void **state)
{
	static const struct {
		size_t offset;
		uint64_t value;
	} e[] = {
		{ offsetof(struct xen_start_info, nr_pages), 0 },
		{ offsetof(struct xen_start_info, nr_pages), UINT64_MAX },
		{ offsetof(struct xen_start_info, nr_pages), 36 },
		{ offsetof(struct xen_start_info, nr_pt_frames), 1025 },
		{ offsetof(struct xen_start_info, nr_pt_frames), UINT64_MAX },
		{ offsetof(struct xen_start_info, nr_pt_frames), 0 },
		{ offsetof(struct xen_start_info, pt_base), AT(1020) },
		{ offsetof(struct xen_start_info, pt_base), 0 },
		{ offsetof(struct xen_start_info, pt_base), UINT64_MAX },
		{ offsetof(struct xen_start_info, mfn_list), AT(1023) },
		{ offsetof(struct xen_start_info, mfn_list), UINT64_MAX - 7 },
		{ offsetof(struct xen_start_info, console_frame), 999 },
		{ offsetof(struct xen_start_info, store_frame), 2024 },
	};
	size_t i;

	for (i = 0; i < sizeof(e) / sizeof(e[0]); i++) {
		set_up(state);
		memcpy((char *)&si + e[i].offset, &e[i].value, 8);
		if (decode())
			fail_msg("case %zu was taken", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(regions, set_up),
		cmocka_unit_test_setup(overlap, set_up),
		cmocka_unit_test_setup(dom0, set_up),
		cmocka_unit_test_setup(ill, set_up),
	};

	return cmocka_run_group_tests_name("xen-info", tests, NULL, NULL);
}
