/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/image.h>
#include <uk/selftest.h>

static int add_two(int x)
{
	return x + 2;
}

static int (*volatile target)(int) = add_two;

/* The call through a pointer that is looked at. */
static UK_NOINLINE int through_pointer(int x)
{
	return target(x) + 1;
}

/* A thunk of ours: a call over a trap (see thunk.S). */
static bool is_thunk(uintptr_t at)
{
	const volatile uint8_t *p = (uint8_t *)at;

	return at >= (uintptr_t)uk_image_text_start &&
	       at + 8 < (uintptr_t)uk_image_text_end &&
	       p[0] == 0xe8 && p[5] == 0xcc;
}

/* Is there a direct call (E8) to a thunk in these bytes? */
static bool calls_thunk(uintptr_t code, size_t len)
{
	for (uintptr_t p = code; p < code + len; p++) {
		const volatile uint8_t *b = (uint8_t *)p;
		int32_t rel;

		if (*b != 0xe8)
			continue;
		rel = b[1] | b[2] << 8 | b[3] << 16 | (uint32_t)b[4] << 24;
		if (is_thunk(p + 5 + rel))
			return true;
	}
	return false;
}

static int thunks(struct uk_selftest_result *r)
{
	r->why = "a call through a pointer takes no thunk";
	if (!calls_thunk((uintptr_t)through_pointer, 64))
		return UK_SELFTEST_FAIL;
	r->why = "a call through the thunk came out wrong";
	r->want = 8;
	r->got = through_pointer(5);
	return r->got == r->want ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(retpoline, "a call through a pointer takes the thunk", thunks);
