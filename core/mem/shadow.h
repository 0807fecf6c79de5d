/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukmem: a stack with its shadow, as one range. */
#pragma once

#include <stddef.h>
#include <uk/config.h>
#include <uk/shadow.h>
#include <uk/vm.h>

#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
/* The stack, len bytes (page multiple), or NULL. */
char *mem_stack_with_shadow(const char *name, size_t len);
#define mem_stack_range(stack) ((char *)(stack) + uk_shadow_distance())
#else
static inline char *mem_stack_with_shadow(const char *name, size_t len)
{
	return uk_vm_alloc(name, len, UK_MEM_R | UK_MEM_W, UK_VM_GUARD_BELOW |
			   UK_VM_GUARD_ABOVE | UK_VM_DIRTY);
}
#define mem_stack_range(stack) (stack)
#endif
