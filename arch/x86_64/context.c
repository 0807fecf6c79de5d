/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/context.h>

/* Never called: the type is that of the functions that it calls, and this is
 * how it gets from the compiler to switch.S. */
void ukarch_ctx_start(void *arg);

/* What ukarch_ctx_switch pops, from the lowest address. */
struct frame {
	uintptr_t pad, r15, r14, r13, r12, rbx, rbp, ret;
};

void ukarch_ctx_init(struct ukarch_ctx *ctx, void *stack_top, void *fpu,
		     void (*entry)(void *arg), void *arg)
{
	struct frame *f = (struct frame *)((uintptr_t)stack_top & -16ul) - 1;

	*f = (struct frame){
		.rbx = (uintptr_t)entry,
		.r12 = (uintptr_t)arg,
		.ret = (uintptr_t)ukarch_ctx_start,
	};
	*ctx = (struct ukarch_ctx){ .sp = (uintptr_t)f, .fpu = fpu };
}
