/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Thread-local storage as the CPU's ABI lays it out (x86_64: variant II, the
 * thread pointer is FS base and its first word points to itself).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that UKARCH_TLS_TCB reserves from the thread pointer upwards. FS:0x28
 * holds the stack canary, where both compilers expect it by default. */
#define UKARCH_TLS_TCB 64
#define UKARCH_TLS_CANARY_OFFSET 0x28

/* Size and alignment of a whole area for a template of tls_len bytes aligned
 * to tls_align. */
size_t ukarch_tls_area_size(size_t tls_len, size_t tls_align);
size_t ukarch_tls_area_align(size_t tls_align);
/* Fill an area: copy data_len bytes of template, zero the rest. Returns the
 * thread pointer for it. canary is stored at UKARCH_TLS_CANARY_OFFSET. */
uintptr_t ukarch_tls_area_init(void *area, const void *tmpl, size_t data_len,
			       size_t tls_len, size_t tls_align,
			       uintptr_t canary);
uintptr_t ukarch_tlsp_get(void);
void ukarch_tlsp_set(uintptr_t tlsp);

/*
 * How the thread pointer is reached; the platform says so before the first
 * use. With FSGSBASE (CPUID has it and whoever owns the CPU allows it) it is
 * one instruction; otherwise, and by default, through get and set, which the
 * platform must then have given: an MSR in ring 0, a system call elsewhere.
 */
void ukarch_tls_use_fsgsbase(bool on);
void ukarch_tls_set_fallback(uintptr_t (*get)(void),
			     void (*set)(uintptr_t tlsp));
