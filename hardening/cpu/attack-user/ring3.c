/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A kernel has no way to ring 3 unless somebody makes one: segments of the
 * user's, a task state with a stack for the way back, and a gate that ring 3
 * may call. All else stays as the image set it up.
 */
#include <string.h>
#include <uk/arch/system.h>
#include <uk/essentials.h>
#include "ring3.h"

#define USER_DATA	0x2b
#define USER_CODE	0x33
#define TSS		0x38
#define GATE_USER	0xee00ul /* present, DPL 3, interrupts off */

struct table {
	uint16_t limit;
	uint64_t base;
} UK_PACKED;

/* The first three as the image has them: its selectors stay valid. */
static uint64_t gdt[9] = {
	0, 0x00af9b000000ffff, 0x00cf93000000ffff, 0, 0,
	0x00cff3000000ffff, 0x00affb000000ffff,
};
static struct {
	uint32_t reserved;
	uint64_t rsp0, rest[12];
} UK_PACKED tss;
static uint64_t idt[2 * (RING3_BACK + 1)];
static UK_ALIGNED(16) char trap_stack[8192];
UK_USED uintptr_t ring3_saved_sp;

static void load_segments(void)
{
	/* Filled in here: a constant would be a pointer at an odd place. */
	struct table gdtr = { .limit = sizeof(gdt) - 1 };
	uint64_t at = (uintptr_t)&tss;

	gdtr.base = (uintptr_t)gdt;
	__asm__ __volatile__("" : "+m"(gdtr));

	tss.rsp0 = (uintptr_t)trap_stack + sizeof(trap_stack);
	gdt[7] = (sizeof(tss) - 1) | (at & 0xffffff) << 16 | 0x8900ul << 32 |
		 (at & 0xff000000) << 32;
	gdt[8] = at >> 32;
	__asm__ __volatile__("lgdt %0; ltr %w1" : : "m"(gdtr), "r"(TSS)
			     : "memory");
}

/* Faults as before, but without the image's own stacks, which the new task
 * state does not name. */
static void load_gates(uintptr_t back)
{
	struct table idtr;
	unsigned int i;

	__asm__ __volatile__("sidt %0" : "=m"(idtr));
	memcpy(idt, (void *)idtr.base, UK_MIN(sizeof(idt),
					      idtr.limit + (size_t)1));
	for (i = 0; i < 32; i++)
		idt[2 * i] &= ~(7ul << 32);
	idt[2 * RING3_BACK] = (back & 0xffff) | UKARCH_SEL_CODE << 16 |
		GATE_USER << 32 | (back & 0xffff0000) << 32;
	idt[2 * RING3_BACK + 1] = back >> 32;
	idtr.base = (uintptr_t)idt;
	idtr.limit = sizeof(idt) - 1;
	__asm__ __volatile__("lidt %0" : : "m"(idtr) : "memory");
}

void ring3_call(uintptr_t pc, uintptr_t sp)
{
	uintptr_t back;

	ukarch_irq_off();
	load_segments();
	__asm__ __volatile__("lea 1f(%%rip), %0; jmp 2f\n"
			     "1:	mov ring3_saved_sp(%%rip), %%rsp\n"
			     "	jmp 3f\n"
			     "2:" : "=r"(back));
	load_gates(back);
	__asm__ __volatile__("push %%rbp; push %%rbx; push %%r12\n"
			     "	push %%r13; push %%r14; push %%r15\n"
			     "	mov %%rsp, ring3_saved_sp(%%rip)\n"
			     "	pushq %2; pushq %1; pushq $2; pushq %3\n"
			     "	pushq %0; iretq\n"
			     "3:	pop %%r15; pop %%r14; pop %%r13\n"
			     "	pop %%r12; pop %%rbx; pop %%rbp\n"
			     : : "r"(pc), "r"(sp), "i"(USER_DATA),
			     "i"(USER_CODE)
			     : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
			     "r10", "r11", "memory", "cc");
}
