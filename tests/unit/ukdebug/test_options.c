/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <uk/image.h>
#include <uk/print.h>
#include "host.h"

static void time_in_front(void **st)
{
	(void)st;
	console_clear();
	host_clock = 1234999;
	uk_print("a", UK_PRINT_INFO, "x\n");
	host_clock = 123456000007000ull;
	uk_print("a", UK_PRINT_ERR, "y\n");
	uk_print_raw("z\n");
	assert_string_equal(console, "[    0.001234] Info: a: x\n"
			    "[123456.000007] Error: a: y\nz\n");
}

static void addresses_as_they_are(void **st)
{
	char want[64];
	int on_stack;

	(void)st;
	console_clear();
	uk_print_raw("%p", (void *)&on_stack);
	snprintf(want, sizeof(want), "%p", (void *)&on_stack);
	assert_string_equal(console, want);
	console_clear();
	uk_print_raw("%p", (void *)(uk_image_start + 16));
	assert_string_equal(console, "image+0x10");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_in_front),
		cmocka_unit_test(addresses_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
