/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/context.h>
#include <uk/config.h>

/* Never called: the type is that of the functions that it calls, and this is
 * how it gets from the compiler to switch.S. */
void ukarch_ctx_start(void *arg);

/* What ukarch_ctx_switch loads, from the lowest address. */
struct frame {
	uintptr_t x29, x30, x19, x20, x21, x22, x23, x24, x25, x26, x27, x28;
};

/* d8 to d15, FPCR, FPSR: see switch.S. */
struct fpu {
	uint64_t d[8], fpcr, fpsr;
};

/* As ukarch_ctx_switch signs: where its frame ends. */
static uintptr_t signed_for(uintptr_t address, uintptr_t sp)
{
#ifdef CONFIG_HARDEN_PAC_USED
	register uintptr_t x17 __asm__("x17") = address;
	register uintptr_t x16 __asm__("x16") = sp;

	/* pacia1716 */
	__asm__ __volatile__("hint #8" : "+r"(x17) : "r"(x16));
	return x17;
#else
	(void)sp;
	return address;
#endif
}

void ukarch_ctx_init(struct ukarch_ctx *ctx, void *stack_top, void *fpu,
		     void (*entry)(void *arg), void *arg)
{
	struct frame *f = (struct frame *)((uintptr_t)stack_top & -16ul) - 1;

	*f = (struct frame){
		.x19 = (uintptr_t)entry,
		.x20 = (uintptr_t)arg,
		.x30 = signed_for((uintptr_t)ukarch_ctx_start,
				  (uintptr_t)(f + 1)),
	};
	*ctx = (struct ukarch_ctx){ .sp = (uintptr_t)f, .fpu = fpu };
}

size_t ukarch_fpu_size(void)
{
	return sizeof(struct fpu);
}

/* Round to nearest, nothing traps, denormals are numbers. */
void ukarch_fpu_reset(void *area)
{
	__builtin_memset(area, 0, sizeof(struct fpu));
}
