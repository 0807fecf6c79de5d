/* SPDX-License-Identifier: BSD-3-Clause */
/* The policy: which rights may be asked for, and what they come to. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/config.h>
#include <uk/plat.h>

#define MEM_RWX (UK_MEM_R | UK_MEM_W | UK_MEM_X)

#ifdef CONFIG_HARDEN_WX
#define MEM_WX true
#else
#define MEM_WX false
#endif
#ifdef CONFIG_HARDEN_HVRO
#define MEM_HVRO true
#else
#define MEM_HVRO false
#endif
#ifdef CONFIG_HARDEN_GUARD
#define MEM_GUARD true
#else
#define MEM_GUARD false
#endif
#ifdef CONFIG_HARDEN_ASLR
#define MEM_ASLR true
#else
#define MEM_ASLR false
#endif
#ifdef CONFIG_HARDEN_NULL
#define MEM_NULL true
#else
#define MEM_NULL false
#endif

/* May anyone ask for this? 0, -EINVAL (unknown bits; more than nothing
 * without R), -EPERM (W and X). */
int mem_rights_check(unsigned int rights);

/* What is really given. Without W^X memory that can be read can be executed,
 * as on CPUs that know no better: attacks show what it would stop. */
static inline unsigned int mem_rights(unsigned int rights)
{
	if (!MEM_WX && (rights & UK_MEM_R) && !(rights & UK_MEM_DEVICE))
		rights |= UK_MEM_X;
	return rights;
}

/* uk_vm_protect without the checks of what the caller may do: everything in
 * [va, va + len) is mapped, rights are good. 0 or -ENOMEM, nothing changed. */
int mem_protect(uintptr_t va, size_t len, unsigned int rights);
