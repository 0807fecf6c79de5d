/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For assembly: UKARCH_TYPE name stands right in front of a function of that
 * name that C code may call through a pointer. It is what the compiler puts in
 * front of its own where calls check the type of what they call (kcfi): the
 * type that C code of the same image has declared for the name, or none that
 * any call would take if nobody takes its address. Nothing without kcfi.
 */
#pragma once

#include <uk/config.h>

/* The first instruction of such a function, and of one that is jumped to, where
 * the CPU takes no other target (mitigation bti). By number, for assemblers
 * that are told of an older CPU. */
#ifdef CONFIG_HARDEN_BTI
#define UKARCH_LANDING hint #34		/* bti c */
#define UKARCH_LANDING_JUMP hint #36	/* bti j */
#else
#define UKARCH_LANDING
#define UKARCH_LANDING_JUMP
#endif

/* Around a return address that lies on the stack (mitigation pac): at the stack
 * pointer that the function began with. */
#ifdef CONFIG_HARDEN_PAC_USED
#define UKARCH_SIGN hint #25		/* paciasp */
#define UKARCH_CHECK hint #29		/* autiasp */
#else
#define UKARCH_SIGN
#define UKARCH_CHECK
#endif

#ifdef CONFIG_HARDEN_KCFI_USED
#define UKARCH_TYPE(name)						\
	.weak	__kcfi_typeid_##name;					\
	.balign	4;							\
	.long	__kcfi_typeid_##name;
#else
#define UKARCH_TYPE(name)
#endif
