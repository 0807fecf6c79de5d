/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/arch/cpu.h>
#include <uk/arch/decode.h>

static struct ukarch_trap seen;

static void handler(struct ukarch_trap *t)
{
	seen = *t;
	ukarch_regs_set(t->regs, 0x1000, 0x2000);
}

static void deliver(uint64_t vector, uint64_t error)
{
	struct ukarch_regs r = { .vector = vector, .error = error, .rip = 7 };

	ukarch_trap_set_handler(handler);
	memset(&seen, 0xff, sizeof(seen));
	ukarch_trap_deliver(&r, 0xabcd);
	assert_ptr_equal(seen.regs, &r);
	assert_int_equal(seen.code, error);
	assert_int_equal(r.rip, 0x1000);
	assert_int_equal(r.rsp, 0x2000);
}

static void test_page_fault(void **state)
{
	static const struct {
		uint64_t error;
		unsigned int access;
	} t[] = {
		{ 0x00, UKARCH_ACCESS_READ },
		{ 0x01, UKARCH_ACCESS_READ | UKARCH_ACCESS_PRESENT },
		{ 0x02, UKARCH_ACCESS_WRITE },
		{ 0x03, UKARCH_ACCESS_WRITE | UKARCH_ACCESS_PRESENT },
		{ 0x10, UKARCH_ACCESS_EXEC },
		{ 0x11, UKARCH_ACCESS_EXEC | UKARCH_ACCESS_PRESENT },
		/* from user mode, as a Linux process sees it */
		{ 0x06, UKARCH_ACCESS_WRITE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		deliver(14, t[i].error);
		assert_int_equal(seen.kind, UKARCH_TRAP_PAGE_FAULT);
		assert_int_equal(seen.access, t[i].access);
		assert_int_equal(seen.addr, 0xabcd);
		assert_string_equal(seen.name, "#PF page fault");
	}
}

static void test_kinds(void **state)
{
	static const struct {
		uint64_t vector;
		unsigned int kind;
		const char *name;
	} t[] = {
		{ 0, UKARCH_TRAP_ARITHMETIC, "#DE" },
		{ 1, UKARCH_TRAP_BREAKPOINT, "#DB" },
		{ 2, UKARCH_TRAP_MACHINE, "NMI" },
		{ 3, UKARCH_TRAP_BREAKPOINT, "#BP" },
		{ 5, UKARCH_TRAP_OTHER, "#BR" },
		{ 6, UKARCH_TRAP_ILLEGAL, "#UD" },
		{ 7, UKARCH_TRAP_OTHER, "#NM" },
		{ 8, UKARCH_TRAP_DOUBLE, "#DF" },
		{ 9, UKARCH_TRAP_OTHER, "reserved" },
		{ 12, UKARCH_TRAP_PROTECTION, "#SS" },
		{ 13, UKARCH_TRAP_PROTECTION, "#GP" },
		{ 16, UKARCH_TRAP_ARITHMETIC, "#MF" },
		{ 18, UKARCH_TRAP_MACHINE, "#MC" },
		{ 19, UKARCH_TRAP_ARITHMETIC, "#XM" },
		{ 21, UKARCH_TRAP_PROTECTION, "#CP" },
		{ 22, UKARCH_TRAP_OTHER, "interrupt" },
		{ 255, UKARCH_TRAP_OTHER, "interrupt" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		deliver(t[i].vector, 0x18);
		assert_int_equal(seen.kind, t[i].kind);
		assert_int_equal(seen.access, 0);
		assert_memory_equal(seen.name, t[i].name, strlen(t[i].name));
		assert_true(strlen(seen.name) < 32);
	}
}

static void test_registers(void **state)
{
	struct ukarch_regs r = {
		.r15 = 15, .rax = 1, .rbp = 5, .rip = 100, .rsp = 200,
		.ss = 16,
	};
	const char *name;
	uint64_t value;
	unsigned int i, n = 0;

	(void)state;
	for (i = 0; (name = ukarch_regs_name(&r, i, &value)); i++) {
		n += (!strcmp(name, "r15") && value == 15) ||
		     (!strcmp(name, "rax") && value == 1) ||
		     (!strcmp(name, "rbp") && value == 5) ||
		     (!strcmp(name, "rip") && value == 100) ||
		     (!strcmp(name, "rsp") && value == 200) ||
		     (!strcmp(name, "ss") && value == 16);
	}
	assert_int_equal(n, 6);
	assert_int_equal(i, 20);
}

/* Where the CPU has entropy, two words differ; where not, it says so. */
static void test_entropy(void **state)
{
	uint64_t a = 0, b = 0;

	(void)state;
	if (!ukarch_entropy_u64(&a))
		skip();
	assert_true(ukarch_entropy_u64(&b));
	assert_true(a != b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_fault),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_registers),
		cmocka_unit_test(test_entropy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
