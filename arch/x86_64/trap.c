/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the CPU's vector and error code to struct ukarch_trap. No privilege:
 * a Linux process decodes its signals' trap numbers with it as well.
 */
#include <stdbool.h>
#include <uk/arch/decode.h>

#define N_NAMES 22

#define PF_PRESENT	(1u << 0)
#define PF_WRITE	(1u << 1)
#define PF_FETCH	(1u << 4)

static const char names[N_NAMES][23] = {
	"#DE division error", "#DB debug", "NMI", "#BP breakpoint",
	"#OF overflow", "#BR bound range", "#UD invalid opcode", "#NM no FPU",
	"#DF double fault", "reserved trap", "#TS invalid TSS",
	"#NP segment absent", "#SS stack fault", "#GP general protection",
	"#PF page fault", "reserved trap", "#MF x87 error",
	"#AC alignment", "#MC machine check", "#XM SIMD error",
	"#VE virtualization", "#CP control protection",
};

static const uint8_t kinds[N_NAMES] = {
	[0] = UKARCH_TRAP_ARITHMETIC,
	[1] = UKARCH_TRAP_BREAKPOINT,
	[2] = UKARCH_TRAP_MACHINE,
	[3] = UKARCH_TRAP_BREAKPOINT,
	[4] = UKARCH_TRAP_ARITHMETIC,
	[6] = UKARCH_TRAP_ILLEGAL,
	[8] = UKARCH_TRAP_DOUBLE,
	[10] = UKARCH_TRAP_PROTECTION,
	[11] = UKARCH_TRAP_PROTECTION,
	[12] = UKARCH_TRAP_PROTECTION,
	[13] = UKARCH_TRAP_PROTECTION,
	[14] = UKARCH_TRAP_PAGE_FAULT,
	[16] = UKARCH_TRAP_ARITHMETIC,
	[17] = UKARCH_TRAP_PROTECTION,
	[18] = UKARCH_TRAP_MACHINE,
	[19] = UKARCH_TRAP_ARITHMETIC,
	[21] = UKARCH_TRAP_PROTECTION,
};

/* In print order; `word` counts 8-byte words into struct ukarch_regs. */
static const struct {
	char name[7];
	uint8_t word;
} registers[] = {
#define REG(r) { #r, offsetof(struct ukarch_regs, r) / 8 }
	REG(rip), REG(rsp), REG(rflags), REG(rax), REG(rbx), REG(rcx),
	REG(rdx), REG(rsi), REG(rdi), REG(rbp), REG(r8), REG(r9), REG(r10),
	REG(r11), REG(r12), REG(r13), REG(r14), REG(r15), REG(cs), REG(ss),
#undef REG
};

static ukarch_trap_fn handler
	__attribute__((section(".bss.roinit")));

void ukarch_trap_set_handler(ukarch_trap_fn fn)
{
	handler = fn;
}

/* With neither NX nor SMEP on the CPU does not say that it was a fetch; but
 * no other read is of where the CPU stands (Intel SDM 3A, 4.7). */
static unsigned int access_of(uint64_t error, bool at_pc)
{
	unsigned int a = error & PF_WRITE ? UKARCH_ACCESS_WRITE :
			 error & PF_FETCH || at_pc ? UKARCH_ACCESS_EXEC :
			 UKARCH_ACCESS_READ;

	return error & PF_PRESENT ? a | UKARCH_ACCESS_PRESENT : a;
}

void ukarch_trap_deliver(struct ukarch_regs *r, uintptr_t addr)
{
	struct ukarch_trap t = {
		.kind = UKARCH_TRAP_OTHER,
		.name = "interrupt of nobody",
		.code = r->error,
		.regs = r,
	};

	if (r->vector < N_NAMES) {
		t.kind = kinds[r->vector];
		t.name = names[r->vector];
	}
	if (t.kind == UKARCH_TRAP_PAGE_FAULT) {
		t.access = access_of(r->error, addr == r->rip);
		t.addr = addr;
	}
	if (!handler)
		__builtin_trap();
	handler(&t);
}

const char *ukarch_regs_name(const struct ukarch_regs *r, unsigned int i,
			     uint64_t *value)
{
	if (i >= sizeof(registers) / sizeof(registers[0]))
		return NULL;
	*value = ((const uint64_t *)r)[registers[i].word];
	return registers[i].name;
}
