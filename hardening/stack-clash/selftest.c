/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/selftest.h>
#include <uk/vm.h>

/* How far beyond the guard page the frame would end. */
#define BEYOND (16 * UK_PAGE_SIZE)

#ifdef CONFIG_HARDEN_GUARD
#define HAVE_GUARD 1
#else
#define HAVE_GUARD 0
#endif

/* A frame that is larger than what is left of the stack. */
static UK_NOINLINE void huge_frame(void *arg)
{
	size_t len = *(size_t *)arg;
	volatile char *low = __builtin_alloca(len);

	__asm__ __volatile__("" : "+r"(low));
	*low;
}

static int probes(struct uk_selftest_result *r)
{
	uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
	struct uk_catch_info info;
	struct uk_vm_range stack;
	unsigned long flags;
	size_t len;

	if (!HAVE_GUARD) {
		r->why = "this image has no guard pages, so probes hit nothing";
		return UK_SELFTEST_SKIP;
	}
	if (!(ukplat_info.features & UKPLAT_F_TRAP_STACK)) {
		r->why = "this platform's host ends an image whose stack has "
			 "no room for a trap";
		return UK_SELFTEST_SKIP;
	}
	if (uk_vm_find(sp, &stack)) {
		r->why = "the running stack is in no known range";
		return UK_SELFTEST_FAIL;
	}
	len = sp - stack.va + BEYOND;
	flags = ukplat_irq_save();
	r->want = UK_DEATH_TRAP;
	r->got = uk_catch(huge_frame, &len, &info);
	ukplat_irq_restore(flags);
	r->why = "a frame larger than the stack was taken (kind of death)";
	if (r->got != r->want)
		return UK_SELFTEST_FAIL;
	/* In bytes below the stack: 1 to a page is the guard. */
	r->want = UK_PAGE_SIZE;
	r->got = stack.va - info.addr;
	r->why = "a large frame was not probed in the guard page (distance)";
	return r->got - 1 < UK_PAGE_SIZE ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(stack-clash, "a frame larger than the stack hits the guard",
	    probes);
