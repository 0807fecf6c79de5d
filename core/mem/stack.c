/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/assert.h>
#include <uk/vm.h>
#include "shadow.h"

void *uk_stack_alloc(const char *name, size_t len, void **top)
{
	char *stack;

	if (len > SIZE_MAX - UK_PAGE_SIZE)
		return NULL;
	len = UK_ALIGN_UP(len, UK_PAGE_SIZE);
	stack = mem_stack_with_shadow(name, len);
	if (stack)
		*top = stack + len;
	return stack;
}

void uk_stack_free(void *stack)
{
	int rc = uk_vm_free(mem_stack_range(stack));

	if (unlikely(rc))
		UK_CRASH("a stack cannot be freed: error %d", rc);
}
