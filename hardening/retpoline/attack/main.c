/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No emulator speculates, so this attack acts the predictor. The attacker has
 * trained it: an indirect branch is predicted to go to his code. A return is
 * predicted to go where the last call came from, which he cannot train. The
 * attack finds the branch by which a function calls through a pointer, and
 * continues where a real predictor would.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

static int add_two(int x)
{
	return x + 2;
}

static int (*volatile target)(int) = add_two;

static __attribute__((noinline)) int through_pointer(int x)
{
	return target(x) + 1;
}

/* What the attacker trained the predictor with. */
static void disclose(void)
{
	printf("SURVIVED: the predictor went to the attacker's code\n");
}

/* call *%reg or call *memory. */
static int is_indirect_call(const volatile uint8_t *p)
{
	return p[0] == 0xff && ((p[1] >> 3) & 7) == 2;
}

/* A direct call to a thunk: a call over what stops speculation. */
static const volatile uint8_t *thunk_called(const volatile uint8_t *p)
{
	int32_t rel = p[1] | p[2] << 8 | p[3] << 16 | (uint32_t)p[4] << 24;
	const volatile uint8_t *to = p + 5 + rel;

	if (p[0] != 0xe8 || rel > 0x100000 || rel < -0x100000)
		return NULL;
	return to[0] == 0xe8 && to[5] == 0xcc ? to : NULL;
}

int main(void)
{
	const volatile uint8_t *code = (uint8_t *)through_pointer;

	for (int i = 0; i < 64; i++) {
		const volatile uint8_t *thunk = thunk_called(code + i);
		void (*predicted)(void) = NULL;

		if (thunk)
			predicted = (void (*)(void))(uintptr_t)(thunk + 5);
		else if (is_indirect_call(code + i))
			predicted = disclose;
		if (predicted) {
			predicted();
			return 0;
		}
	}
	printf("no branch found\n");
	return 2;
}
