/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Thread-local data below the thread pointer, the control block above it.
 * Built without stack protector: all of this runs before there is a canary,
 * or while it changes.
 */
#include <stdbool.h>
#include <uk/arch/tls.h>

#define RO_AFTER_INIT_ZERO __attribute__((section(".bss.roinit")))
#define MIN_ALIGN 16

static bool fsgsbase RO_AFTER_INIT_ZERO;
static uintptr_t (*slow_get)(void) RO_AFTER_INIT_ZERO;
static void (*slow_set)(uintptr_t tlsp) RO_AFTER_INIT_ZERO;

size_t ukarch_tls_area_align(size_t tls_align)
{
	return tls_align > MIN_ALIGN ? tls_align : MIN_ALIGN;
}

/* The linker counts offsets down from the thread pointer as if the template
 * began this many bytes below it. */
static size_t below(size_t tls_len, size_t tls_align)
{
	size_t align = ukarch_tls_area_align(tls_align);

	return (tls_len + align - 1) & -align;
}

size_t ukarch_tls_area_size(size_t tls_len, size_t tls_align)
{
	return below(tls_len, tls_align) + UKARCH_TLS_TCB;
}

uintptr_t ukarch_tls_area_init(void *area, const void *tmpl, size_t data_len,
			       size_t tls_len, size_t tls_align,
			       uintptr_t canary)
{
	size_t len = below(tls_len, tls_align);
	uintptr_t *tcb = (uintptr_t *)((char *)area + len);

	__builtin_memset(area, 0, len + UKARCH_TLS_TCB);
	if (data_len)
		__builtin_memcpy(area, tmpl, data_len);
	tcb[0] = (uintptr_t)tcb;
	tcb[UKARCH_TLS_CANARY_OFFSET / sizeof(*tcb)] = canary;
	return (uintptr_t)tcb;
}

void ukarch_tls_use_fsgsbase(bool on)
{
	fsgsbase = on;
}

void ukarch_tls_set_fallback(uintptr_t (*get)(void), void (*set)(uintptr_t))
{
	slow_get = get;
	slow_set = set;
}

uintptr_t ukarch_tlsp_get(void)
{
	uintptr_t v;

	if (!fsgsbase)
		return slow_get();
	__asm__ __volatile__("rdfsbase %0" : "=r"(v));
	return v;
}

void ukarch_tlsp_set(uintptr_t tlsp)
{
	if (fsgsbase)
		__asm__ __volatile__("wrfsbase %0" : : "r"(tlsp) : "memory");
	else
		slow_set(tlsp);
}
