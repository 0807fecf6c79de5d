/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Saved execution contexts: switching, leaving, jumping back. Every CPU has
 * this header with the same functions.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A context that is not running. Callee-saved registers lie on its stack;
 * fpu points to an area of ukarch_fpu_size() bytes, aligned to
 * UKARCH_FPU_ALIGN, or is NULL for a context that never touches the FPU. An
 * area goes through ukarch_fpu_reset once before its first use, also that of
 * the context that is running when switching begins; never while it runs. */
struct ukarch_ctx {
	uintptr_t sp;
	void *fpu;
	uintptr_t tlsp;		/* thread pointer (TPIDR_EL0), 0 = none */
	uintptr_t shadow;	/* where return addresses go (x18) */
};

#define UKARCH_FPU_ALIGN 16
/* Bytes of an FPU area: what a function must keep for its caller (d8 to d15),
 * control and status. An interrupt keeps the others. Constant. */
size_t ukarch_fpu_size(void);
/* Make `area` a clean FPU state. */
void ukarch_fpu_reset(void *area);

/* Prepare ctx so that the first switch to it calls entry(arg) on a stack whose
 * top is stack_top (any alignment). entry must not return. */
void ukarch_ctx_init(struct ukarch_ctx *ctx, void *stack_top, void *fpu,
		     void (*entry)(void *arg), void *arg);
/* Save the running context in *from and continue *to. Interrupt state is the
 * caller's business. Also switches FPU state and thread pointer. */
void ukarch_ctx_switch(struct ukarch_ctx *from, struct ukarch_ctx *to);

/* Return addresses of the context, or of the running code from now on, go to
 * `shadow` and up (mitigation shadow-stack). The second only in a function that
 * does not return. */
static inline void ukarch_ctx_shadow(struct ukarch_ctx *ctx, void *shadow)
{
	ctx->shadow = (uintptr_t)shadow;
}

static inline void ukarch_shadow_set(void *shadow)
{
	__asm__ __volatile__("mov x18, %0" : : "r"(shadow) : "memory");
}

/* Call fn(arg) on another stack and leave the old one for good. */
__attribute__((noreturn))
void ukarch_stack_jump(void *stack_top, void (*fn)(void *arg), void *arg);

/* Minimal setjmp for core: 0 at first, the value of ukarch_unwind later. For
 * uk_catch only; it is not libc's setjmp. */
struct ukarch_jmpbuf { uintptr_t reg[14]; };
__attribute__((returns_twice)) int ukarch_setjmp(struct ukarch_jmpbuf *jb);
__attribute__((noreturn)) void ukarch_longjmp(struct ukarch_jmpbuf *jb, int v);
