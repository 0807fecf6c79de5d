/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The check of a called function's type, as Clang writes it and switch.S:
 *
 *	add or cmp	-4(%target), %r10d	4 bytes, 5 for rsp and r12
 *	je		+2
 *	ud2					<- here
 */
#include <uk/arch/check.h>

#define JE		0x74
#define ADD		0x03
#define CMP		0x3b
#define REX_R		0x44	/* r10 is one of the upper registers */
#define REX_B		0x01	/* so is the target */
#define MINUS_4		0xfc
#define MODRM_R10	0x50	/* disp8(%reg), r10d */
#define SIB_NONE	0x24
#define LONGEST		7

static uint64_t reg(const struct ukarch_regs *r, unsigned int nr)
{
	const uint64_t regs[16] = {
		r->rax, r->rcx, r->rdx, r->rbx, r->rsp, r->rbp, r->rsi, r->rdi,
		r->r8, r->r9, r->r10, r->r11, r->r12, r->r13, r->r14, r->r15,
	};

	return regs[nr & 15];
}

bool ukarch_call_check(const struct ukarch_regs *r, uintptr_t lo, uintptr_t hi,
		       uintptr_t *target)
{
	uintptr_t at = ukarch_regs_pc(r);
	const uint8_t *pc = (const uint8_t *)at;
	const uint8_t *p;

	if (at < lo || hi - lo < LONGEST + 2 || at - lo < LONGEST ||
	    at > hi - 2)
		return false;
	if (pc[0] != 0x0f || pc[1] != 0x0b || pc[-2] != JE || pc[-1] != 2 ||
	    pc[-3] != MINUS_4)
		return false;
	p = pc - 6;
	if (pc[-4] == SIB_NONE && (pc[-5] & 7) == 4)
		p = pc - 7;
	if ((p[0] & ~REX_B) != REX_R || (p[1] != ADD && p[1] != CMP) ||
	    (p[2] & 0xf8) != MODRM_R10)
		return false;
	*target = reg(r, (p[2] & 7) | (p[0] & REX_B) << 3);
	return true;
}
