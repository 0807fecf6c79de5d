/* SPDX-License-Identifier: BSD-3-Clause */
/* What becomes of the CPU's syndrome, and of trap instructions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <uk/arch/check.h>
#include <uk/arch/decode.h>

static struct ukarch_trap last;

static void keep(struct ukarch_trap *t)
{
	last = *t;
}

static void deliver(uint64_t class, uint64_t iss)
{
	static struct ukarch_regs r;

	r = (struct ukarch_regs){ .esr = class << 26 | iss, .far = 0x1234 };
	memset(&last, 0, sizeof(last));
	ukarch_trap_deliver(&r);
}

static void page_faults(void **state)
{
	(void)state;
	ukarch_trap_set_handler(keep);
	deliver(0x25, 0x07);		/* read, nothing there */
	assert_int_equal(last.kind, UKARCH_TRAP_PAGE_FAULT);
	assert_int_equal(last.access, UKARCH_ACCESS_READ);
	assert_int_equal(last.addr, 0x1234);
	deliver(0x25, 0x40 | 0x0f);	/* write, no right */
	assert_int_equal(last.access,
			 UKARCH_ACCESS_WRITE | UKARCH_ACCESS_PRESENT);
	deliver(0x25, 0x140 | 0x07);	/* cache maintenance is no write */
	assert_int_equal(last.access, UKARCH_ACCESS_READ);
	deliver(0x21, 0x0f);
	assert_int_equal(last.access,
			 UKARCH_ACCESS_EXEC | UKARCH_ACCESS_PRESENT);
	assert_string_equal(last.name, "page fault");
}

static void others(void **state)
{
	(void)state;
	deliver(0x25, 0x10);		/* the bus */
	assert_int_equal(last.kind, UKARCH_TRAP_MACHINE);
	deliver(0x25, 0x21);
	assert_string_equal(last.name, "data alignment");
	deliver(0x25, 0x11);
	assert_string_equal(last.name, "memory tag");
	deliver(0x00, 0);
	assert_int_equal(last.kind, UKARCH_TRAP_ILLEGAL);
	deliver(0x3c, 0);		/* a debugger's */
	assert_int_equal(last.kind, UKARCH_TRAP_BREAKPOINT);
	deliver(0x3c, 0x5512);		/* a check's */
	assert_int_equal(last.kind, UKARCH_TRAP_ILLEGAL);
	deliver(0x3f, 0);
	assert_int_equal(last.kind, UKARCH_TRAP_OTHER);
	assert_non_null(last.name);
}

static int check_of(uint32_t imm)
{
	uint32_t word = 0xd4200000u | imm << 5;

	return ukarch_check_decode((const uint8_t *)&word, sizeof(word));
}

static void checks(void **state)
{
	static const uint32_t ret = 0xd65f03c0;

	(void)state;
	assert_int_equal(check_of(0x5512), 0x12);
	assert_int_equal(check_of(0x5500), 0);
	assert_int_equal(check_of(1000), UKARCH_CHECK_UNNAMED);
	assert_int_equal(check_of(1), UKARCH_CHECK_UNNAMED);
	assert_int_equal(check_of(0), UKARCH_CHECK_NONE);
	assert_int_equal(check_of(0x8233), UKARCH_CHECK_UNNAMED);
	assert_int_equal(ukarch_check_decode((const uint8_t *)&ret, 4),
			 UKARCH_CHECK_NONE);
	assert_int_equal(ukarch_check_decode((const uint8_t *)&ret, 3),
			 UKARCH_CHECK_NONE);
}

static void names(void **state)
{
	struct ukarch_regs r = { .x = { [29] = 29 }, .sp = 31, .pc = 32 };
	uint64_t v;

	(void)state;
	assert_string_equal(ukarch_regs_name(&r, 29, &v), "fp");
	assert_int_equal(v, 29);
	assert_string_equal(ukarch_regs_name(&r, 32, &v), "pc");
	assert_int_equal(v, 32);
	assert_null(ukarch_regs_name(&r, 34, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_faults), cmocka_unit_test(others),
		cmocka_unit_test(checks), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
