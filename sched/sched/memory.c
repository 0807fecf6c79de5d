/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a thread is made of: a guarded stack, and apart from it, out of reach
 * of an overflow there, one block with the structure, the FPU state and the
 * thread-local data with the canary.
 */
#include <uk/alloc.h>
#include <uk/arch/tls.h>
#include <uk/canary.h>
#include <uk/config.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/shadow.h>
#include <uk/stack.h>
#include <uk/str.h>
#include <uk/vm.h>
#include "local.h"

/* Main runs on without an FPU area until there is somebody to switch to. */
static bool self_has_fpu(void)
{
	struct ukarch_ctx *ctx = &uk_thread_self->ctx;

	if (ctx->fpu)
		return true;
	ctx->fpu = uk_memalign(NULL, UKARCH_FPU_ALIGN, ukarch_fpu_size());
	if (!ctx->fpu)
		return false;
	ukarch_fpu_reset(ctx->fpu); /* saving does not write all of it */
	return true;
}

struct uk_thread *thread_alloc(size_t stack_size, void (*entry)(void *arg))
{
	size_t tls_len = (size_t)(uk_tls_end - uk_tls_start);
	size_t align = UK_MAX(ukarch_tls_area_align(UK_TLS_ALIGN),
			      (size_t)UKARCH_FPU_ALIGN);
	size_t fpu_at = UK_ALIGN_UP(sizeof(struct uk_thread),
				    (size_t)UKARCH_FPU_ALIGN);
	size_t tls_at = UK_ALIGN_UP(fpu_at + ukarch_fpu_size(), align);
	struct uk_thread *t;
	void *top;

	if (!self_has_fpu())
		return NULL;
	t = uk_memalign(NULL, align,
			tls_at + ukarch_tls_area_size(tls_len, UK_TLS_ALIGN));
	if (!t)
		return NULL;
	memset(t, 0, sizeof(*t));
	t->stack = uk_stack_alloc("stack:thread",
				  UK_ALIGN_UP(stack_size, UK_PAGE_SIZE) +
				  uk_stack_spread(), &top);
	if (!t->stack) {
		uk_free(NULL, t);
		return NULL;
	}
	ukarch_fpu_reset((char *)t + fpu_at);
	ukarch_ctx_init(&t->ctx, (char *)top - uk_stack_offset(),
			(char *)t + fpu_at, entry, t);
#ifdef CONFIG_HARDEN_SHADOW_STACK_USED
	ukarch_ctx_shadow(&t->ctx, uk_shadow_of(t->stack));
#endif
	t->ctx.tlsp = ukarch_tls_area_init((char *)t + tls_at, uk_tls_start,
			(size_t)(uk_tls_data_end - uk_tls_start), tls_len,
			UK_TLS_ALIGN, uk_canary());
	return t;
}

void thread_free(struct uk_thread *t)
{
	if (!t->stack)
		return; /* main: neither its stack nor this is from here */
	uk_stack_free(t->stack);
	uk_free(NULL, t);
}

/* All have their data at the same distance from their thread pointer. */
void *uk_thread_local(const struct uk_thread *t, void *mine)
{
	if (t == uk_thread_self)
		return mine;
	return (char *)mine + (t->ctx.tlsp - ukarch_tlsp_get());
}
