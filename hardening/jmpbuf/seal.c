/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/cpu.h>
#include <uk/arch/tls.h>
#include <uk/crash.h>
#include <uk/jmpbuf.h>
#include "mac.h"

/* Over what is saved, where, and whose it is. */
static uint64_t mac_of(const uintptr_t *words, size_t n)
{
	const uint64_t bound[] = { (uintptr_t)words, ukarch_tlsp_get() };

	return jmpbuf_mac(&jmpbuf_key, words, n, bound, 2);
}

void uk_jmpbuf_seal(uintptr_t *words, size_t n)
{
	words[n] = mac_of(words, n);
}

/* A frame that is still there lies above ours. */
void uk_jmpbuf_check(const uintptr_t *words, size_t n, uintptr_t sp)
{
	if (words[n] != mac_of(words, n))
		uk_crash(UK_DEATH_JUMP, "the buffer was changed, moved or made "
			 "by another thread");
	if (sp < ukarch_frame_pointer())
		uk_crash(UK_DEATH_JUMP, "the function that made the buffer has "
			 "returned");
}
