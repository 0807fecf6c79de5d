/* SPDX-License-Identifier: BSD-3-Clause */
/* A small machine of words whose errors are thrown with longjmp. */
#include <setjmp.h>
#include "work.h"

#define RUNS 40
#define STEPS 200

static jmp_buf caught;

struct machine {
	uint32_t stack[16];
	unsigned int depth;
};

static void push(struct machine *m, uint32_t v)
{
	if (m->depth == 16)
		longjmp(caught, 1);
	m->stack[m->depth++] = v;
}

static uint32_t pop(struct machine *m)
{
	if (!m->depth)
		longjmp(caught, 2);
	return m->stack[--m->depth];
}

static void op_number(struct machine *m, uint32_t r)
{
	push(m, r);
}

static void op_add(struct machine *m, uint32_t r)
{
	push(m, pop(m) + pop(m) + r % 2);
}

static void op_copy(struct machine *m, uint32_t r)
{
	uint32_t v = pop(m);

	push(m, v);
	push(m, v ^ r);
}

static void op_drop(struct machine *m, uint32_t r)
{
	(void)r;
	(void)pop(m);
}

static void (*const op[])(struct machine *m, uint32_t r) = {
	op_number, op_add, op_copy, op_drop, op_number, op_add, op_copy,
	op_number,
};

static uint32_t run(struct machine *m, uint32_t *seed)
{
	for (int i = 0; i < STEPS; i++) {
		uint32_t r = work_next(seed);

		op[r >> 4 & 7](m, r);
	}
	return pop(m);
}

uint32_t work_jump(void)
{
	static uint32_t check, seed;
	static int i;

	check = 0;
	seed = 5;
	for (i = 0; i < RUNS; i++) {
		struct machine m = { .depth = 0 };
		int why = setjmp(caught);

		check = check * 31 + (why ? (uint32_t)why : run(&m, &seed));
	}
	return check;
}
