/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The check of a called function's type, as Clang writes it and switch.S: the
 * trap's number names the register with the target.
 */
#include <uk/arch/check.h>

bool ukarch_call_check(const struct ukarch_regs *r, uintptr_t lo, uintptr_t hi,
		       uintptr_t *target)
{
	uintptr_t at = ukarch_regs_pc(r);
	uint32_t word, nr;

	if (at % sizeof(word) || at < lo || hi - lo < sizeof(word) ||
	    at > hi - sizeof(word))
		return false;
	word = *(const uint32_t *)at;
	nr = (word & ~UKARCH_BRK_MASK) >> UKARCH_BRK_SHIFT;
	if ((word & UKARCH_BRK_MASK) != UKARCH_BRK ||
	    (nr & 0xfc00u) != UKARCH_BRK_CALL || (nr & 31) == 31)
		return false;
	*target = r->x[nr & 31];
	return true;
}
