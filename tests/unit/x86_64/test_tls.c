/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/arch/tls.h>

#define CANARY 0x1122334455667700ul

/* Where the linker thinks a variable at `off` of the template is. */
static char *variable(uintptr_t tp, size_t len, size_t align, size_t off)
{
	return (char *)tp - (len + align - 1) / align * align + off;
}

static void check(size_t data, size_t len, size_t align)
{
	size_t at = ukarch_tls_area_align(align);
	size_t size = ukarch_tls_area_size(len, align), i;
	unsigned char tmpl[300], *area;
	uintptr_t tp;

	for (i = 0; i < sizeof(tmpl); i++)
		tmpl[i] = (unsigned char)(i * 7 + 1);
	assert_true(at >= 16 && at >= align && (at & (at - 1)) == 0);
	/* Sized exactly: the address sanitizer watches both ends. */
	area = aligned_alloc(at, (size + at - 1) / at * at);
	assert_non_null(area);
	memset(area, 0xcc, size);
	tp = ukarch_tls_area_init(area, data ? tmpl : NULL, data, len, align,
				  CANARY);
	assert_int_equal(tp % at, 0);
	assert_true(tp + UKARCH_TLS_TCB <= (uintptr_t)area + size);
	assert_int_equal(*(uintptr_t *)tp, tp);
	assert_int_equal(*(uintptr_t *)(tp + 0x28), CANARY);
	for (i = 0; i < len; i++) {
		unsigned char *p = (unsigned char *)variable(tp, len, at, i);

		assert_true(p >= area && p < (unsigned char *)tp);
		assert_int_equal(*p, i < data ? tmpl[i] : 0);
	}
	for (i = 8; i < UKARCH_TLS_TCB; i++)
		if (i < 0x28 || i >= 0x30)
			assert_int_equal(((unsigned char *)tp)[i], 0);
	free(area);
}

static void test_areas(void **state)
{
	static const size_t lens[] = { 0, 1, 8, 15, 16, 17, 63, 64, 65, 250 };
	size_t i, align;

	(void)state;
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		for (align = 1; align <= 256; align *= 2) {
			check(0, lens[i], align);
			check(lens[i] / 2, lens[i], align);
			check(lens[i], lens[i], align);
		}
	}
}

static uintptr_t slow;

static uintptr_t slow_get(void)
{
	return slow;
}

static void slow_set(uintptr_t v)
{
	slow = v;
}

static void test_fallback(void **state)
{
	(void)state;
	ukarch_tls_set_fallback(slow_get, slow_set);
	ukarch_tls_use_fsgsbase(false);
	ukarch_tlsp_set(0x1230);
	assert_int_equal(slow, 0x1230);
	slow = 0x4560;
	assert_int_equal(ukarch_tlsp_get(), 0x4560);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_fallback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
