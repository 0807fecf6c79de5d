/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>
#include <uk/shadow.h>

static volatile uintptr_t elsewhere;

/* Writes its own return address and nothing else: no canary sees that. */
static UK_NOINLINE void overwrite(void *arg UK_UNUSED)
{
	volatile uintptr_t *frame = __builtin_frame_address(0);

	frame[1] += elsewhere;
}

static int caught(struct uk_selftest_result *r)
{
	r->why = "a function without harm does not return (kind of death)";
	r->want = UK_DEATH_NONE;
	elsewhere = 0;
	r->got = uk_catch(overwrite, NULL, NULL);
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	r->why = "an overwritten return address was taken (kind of death)";
	r->want = UK_DEATH_RETURN;
	elsewhere = 1ul << 62;
	r->got = uk_catch(overwrite, NULL, NULL);
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static int distant(struct uk_selftest_result *r)
{
	uintptr_t at = (uintptr_t)&uk_shadow_offset;

	r->why = "the distance of the shadow stack can be guessed";
	r->want = r->got = 0;
	if (-uk_shadow_offset < UK_SHADOW_LEAST ||
	    at < (uintptr_t)uk_image_roinit_start ||
	    at >= (uintptr_t)uk_image_roinit_end)
		return UK_SELFTEST_FAIL;
	r->why = "the distance of the shadow stack can be changed";
	return ukplat_info.features & UKPLAT_F_PAGE_RIGHTS &&
	       !uk_probe_faults(at, UKARCH_ACCESS_WRITE) ?
	       UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(shadow-stack, "an overwritten return address is caught", caught);
UK_SELFTEST(shadow-stack, "its distance is large and sealed", distant);
