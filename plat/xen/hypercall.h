/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls of the hypervisor. Not through a page of code that it writes into the
 * image: the instruction itself, which is SYSCALL in a PV guest, and in a PVH
 * one what this CPU's virtualisation has for it. So no page of text is ever
 * changed, and the image holds 4 KiB less.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"

#ifdef XEN_PV
#define XEN_CALL(args...) __asm__ __volatile__("syscall" args)
#else
extern bool xen_amd;	/* of its make: VMMCALL, not VMCALL */
#define XEN_CALL(args...)						\
	do {								\
		if (xen_amd)						\
			__asm__ __volatile__("vmmcall" args);		\
		else							\
			__asm__ __volatile__("vmcall" args);		\
	} while (0)
#endif

/* Its answer: 0 or more, or a negative errno. */
static inline long xen_call4(unsigned int nr, uint64_t a, uint64_t b,
			     uint64_t c, uint64_t d)
{
	register uint64_t r10 __asm__("r10") = d;
	long ret = nr;

	XEN_CALL(: "+a"(ret), "+D"(a), "+S"(b), "+d"(c), "+r"(r10)
		 : : "rcx", "r8", "r9", "r11", "memory");
	return ret;
}

static inline long xen_call2(unsigned int nr, uint64_t a, uint64_t b)
{
	return xen_call4(nr, a, b, 0, 0);
}
