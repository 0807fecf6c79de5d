/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Thread-local storage as the CPU's ABI lays it out (arm64: variant I, the data
 * begins UKARCH_TLS_TCB bytes above the thread pointer, which is TPIDR_EL0).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Bytes from the thread pointer upwards that are no data. The second word
 * holds the stack canary: support/build/flags.mk tells the compilers. */
#define UKARCH_TLS_TCB 16
#define UKARCH_TLS_CANARY_OFFSET 8

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
