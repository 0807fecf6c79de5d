/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For the setjmp and longjmp of any C library: a buffer of n words and one
 * more, the seal. Any thread; needs no memory.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Called by setjmp when all n words are saved: writes words[n]. */
void uk_jmpbuf_seal(uintptr_t *words, size_t n);

/*
 * Called by longjmp before it takes anything from the buffer; sp is the stack
 * pointer in it. Returns if the seal is right for these words, at this
 * address, in this thread, and sp is not below the caller's; else the image
 * ends: "longjmp: ...".
 */
void uk_jmpbuf_check(const uintptr_t *words, size_t n, uintptr_t sp);
