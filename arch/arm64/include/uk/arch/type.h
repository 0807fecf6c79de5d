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

/* The first instruction of such a function, or of one that is jumped to. */
#define UKARCH_LANDING

#ifdef CONFIG_HARDEN_KCFI_USED
#define UKARCH_TYPE(name)						\
	.weak	__kcfi_typeid_##name;					\
	.balign	4;							\
	.long	__kcfi_typeid_##name;
#else
#define UKARCH_TYPE(name)
#endif
