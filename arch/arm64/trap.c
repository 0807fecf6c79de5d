/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the CPU's syndrome (ESR_EL1; DDI 0487, D17.2.37) to struct ukarch_trap.
 */
#include <stdbool.h>
#include <uk/arch/check.h>
#include <uk/arch/decode.h>

#define EC_SHIFT	26
#define EC_UNKNOWN	0x00
#define EC_FPU		0x07
#define EC_BTI		0x0d
#define EC_ILLEGAL_STATE 0x0e
#define EC_SYSREG	0x18
#define EC_FPAC		0x1c
#define EC_FETCH	0x21
#define EC_PC_ALIGN	0x22
#define EC_DATA		0x25
#define EC_SP_ALIGN	0x26
#define EC_FLOAT	0x2c
#define EC_SERROR	0x2f
#define EC_STEP		0x33
#define EC_BRK		0x3c

#define ISS_WRITE	(1u << 6)
#define ISS_CACHE	(1u << 8)	/* maintenance: no write */
/* Status code of a fetch or access that was refused: kind and level. */
#define FSC(esr)	((esr) & 0x3f)
#define FSC_KIND	0x3c
#define FSC_TRANSLATION	0x04
#define FSC_FLAG	0x08
#define FSC_PERMISSION	0x0c
#define FSC_ALIGNMENT	0x21
#define FSC_TAG		0x11		/* memory tagging */

static const struct {
	uint8_t class, kind;
	char name[30];
} traps[] = {
	{ EC_UNKNOWN, UKARCH_TRAP_ILLEGAL, "undefined instruction" },
	{ EC_FPU, UKARCH_TRAP_ILLEGAL, "no FPU" },
	{ EC_BTI, UKARCH_TRAP_PROTECTION, "branch target" },
	{ EC_ILLEGAL_STATE, UKARCH_TRAP_PROTECTION, "illegal state" },
	{ EC_SYSREG, UKARCH_TRAP_ILLEGAL, "system register" },
	{ EC_FPAC, UKARCH_TRAP_PROTECTION, "pointer authentication" },
	{ EC_FETCH, UKARCH_TRAP_MACHINE, "instruction abort" },
	{ EC_PC_ALIGN, UKARCH_TRAP_PROTECTION, "program counter alignment" },
	{ EC_DATA, UKARCH_TRAP_MACHINE, "data abort" },
	{ EC_SP_ALIGN, UKARCH_TRAP_PROTECTION, "stack pointer alignment" },
	{ EC_FLOAT, UKARCH_TRAP_ARITHMETIC, "floating point" },
	{ EC_SERROR, UKARCH_TRAP_MACHINE, "system error" },
	{ EC_STEP, UKARCH_TRAP_BREAKPOINT, "single step" },
	{ EC_BRK, UKARCH_TRAP_BREAKPOINT, "breakpoint" },
};

static ukarch_trap_fn handler
	__attribute__((section(".bss.roinit")));

void ukarch_trap_set_handler(ukarch_trap_fn fn)
{
	handler = fn;
}

/* An access that tables refused: whose, and why. false: it was something
 * else, as an error of the bus. */
static bool is_page_fault(struct ukarch_trap *t, bool fetch)
{
	unsigned int kind = FSC(t->code) & FSC_KIND;
	bool write = (t->code & (ISS_WRITE | ISS_CACHE)) == ISS_WRITE;

	if (kind != FSC_TRANSLATION && kind != FSC_FLAG &&
	    kind != FSC_PERMISSION && kind != 0)
		return false;
	t->kind = UKARCH_TRAP_PAGE_FAULT;
	t->name = "page fault";
	t->addr = t->regs->far;
	t->access = fetch ? UKARCH_ACCESS_EXEC :
		    write ? UKARCH_ACCESS_WRITE : UKARCH_ACCESS_READ;
	if (kind == FSC_PERMISSION)
		t->access |= UKARCH_ACCESS_PRESENT;
	return true;
}

static void decode_data(struct ukarch_trap *t)
{
	if (is_page_fault(t, false))
		return;
	if (FSC(t->code) == FSC_ALIGNMENT) {
		t->kind = UKARCH_TRAP_PROTECTION;
		t->name = "data alignment";
	} else if (FSC(t->code) == FSC_TAG) {
		t->kind = UKARCH_TRAP_PROTECTION;
		t->name = "memory tag";
	}
}

void ukarch_trap_deliver(struct ukarch_regs *r)
{
	unsigned int class = r->esr >> EC_SHIFT & 0x3f, i;
	struct ukarch_trap t = {
		.kind = UKARCH_TRAP_OTHER,
		.name = "exception of no known class",
		.code = r->esr,
		.regs = r,
	};

	for (i = 0; i < sizeof(traps) / sizeof(traps[0]); i++)
		if (traps[i].class == class) {
			t.kind = traps[i].kind;
			t.name = traps[i].name;
		}
	if (class == EC_FETCH)
		is_page_fault(&t, true);
	else if (class == EC_DATA)
		decode_data(&t);
	else if (class == EC_BRK && ukarch_brk_is_compilers(r->esr & 0xffff))
		t.kind = UKARCH_TRAP_ILLEGAL;
	if (!handler)
		__builtin_trap();
	handler(&t);
}

const char *ukarch_regs_name(const struct ukarch_regs *r, unsigned int i,
			     uint64_t *value)
{
	static const char last[][7] = { "sp", "pc", "pstate" };
	static const char names[][4] = {
		"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9",
		"x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x18",
		"x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27",
		"x28", "fp", "lr",
	};
	const uint64_t *words = (const uint64_t *)r;

	if (i >= 31 + sizeof(last) / sizeof(last[0]))
		return NULL;
	*value = words[i];
	return i < 31 ? names[i] : last[i - 31];
}
