/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Thread-local data above the thread pointer, behind two words of control
 * block. Built without stack protector: all of this runs before there is a
 * canary, or while it changes.
 */
#include <uk/arch/tls.h>

#define MIN_ALIGN 16

size_t ukarch_tls_area_align(size_t tls_align)
{
	return tls_align > MIN_ALIGN ? tls_align : MIN_ALIGN;
}

/* From the thread pointer to the data. */
static size_t above(size_t tls_align)
{
	size_t align = ukarch_tls_area_align(tls_align);

	return (UKARCH_TLS_TCB + align - 1) & -align;
}

size_t ukarch_tls_area_size(size_t tls_len, size_t tls_align)
{
	return above(tls_align) + tls_len;
}

uintptr_t ukarch_tls_area_init(void *area, const void *tmpl, size_t data_len,
			       size_t tls_len, size_t tls_align,
			       uintptr_t canary)
{
	uintptr_t *tcb = area;

	__builtin_memset(area, 0, ukarch_tls_area_size(tls_len, tls_align));
	if (data_len)
		__builtin_memcpy((char *)area + above(tls_align), tmpl,
				 data_len);
	tcb[UKARCH_TLS_CANARY_OFFSET / sizeof(*tcb)] = canary;
	return (uintptr_t)tcb;
}

uintptr_t ukarch_tlsp_get(void)
{
	uintptr_t v;

	__asm__ __volatile__("mrs %0, tpidr_el0" : "=r"(v));
	return v;
}

void ukarch_tlsp_set(uintptr_t tlsp)
{
	__asm__ __volatile__("msr tpidr_el0, %0" : : "r"(tlsp) : "memory");
}
