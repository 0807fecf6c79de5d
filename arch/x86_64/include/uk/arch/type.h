/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For assembly: UKARCH_TYPE(name) stands right in front of a function of that
 * name that C code may call through a pointer. It is what the compiler puts in
 * front of its own where calls check the type of what they call (kcfi): the
 * type that C code of the same image has declared for the name, or none that
 * any call would take if nobody takes its address. Nothing without kcfi.
 * Aligns to 16 bytes.
 */
#pragma once

#include <uk/config.h>

/* The first instruction of such a function, or of one that is jumped to:
 * where the CPU takes no other target (mitigation ibt). */
#if defined(__CET__) && (__CET__ & 1)
#define UKARCH_LANDING endbr64
#else
#define UKARCH_LANDING
#endif

#ifdef CONFIG_HARDEN_KCFI_USED
#define UKARCH_TYPE(name)						\
	.weak	__kcfi_typeid_##name;					\
	.balign	16;							\
	.skip	11, 0x90;						\
	.byte	0xb8;							\
	.long	__kcfi_typeid_##name;
#else
#define UKARCH_TYPE(name)
#endif
