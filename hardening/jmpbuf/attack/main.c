/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A jmp_buf that the attacker can read and write, in all ways that a mask over
 * its pointers has fallen to. Each act ends in disclose() if it works.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

/* Words of the buffer on x86_64; the last is the seal, where there is one. */
#define SP 6
#define PC 7
#define SEAL 9

static jmp_buf env, other;
static const char *act;

UK_USED UK_NORETURN void disclose(void);
void disclose(void)
{
	printf("SURVIVED: %s\n", act);
	exit(0);
}

/* Where an attacker's address leads to: any stack will do. */
void land(void);
/* setjmp(env) in a frame of known form, which then returns. */
void mark(uintptr_t *words);
__asm__(".text\n"
	".type land, @function\n"
	"land:\n"
	"	andq $-16, %rsp\n"
	"	call disclose\n"
	".type mark, @function\n"
	"mark:\n"
	"	subq $8, %rsp\n"
	"	call setjmp\n"
	"	addq $8, %rsp\n"
	"	ret\n");

/* What an attacker brings along as a stack. */
#define ROOM 2048
static uintptr_t fake[ROOM + 64] UK_ALIGNED(16);

static UK_NOINLINE void deep(void)
{
	volatile char room[512];

	room[0] = 1;
	mark(env->reg);
	room[1] = 1;
}

/* Leaves words of the attacker's where the frames of others have been. */
static UK_NOINLINE void spray(void)
{
	volatile uintptr_t words[256];

	for (int i = 0; i < 256; i++)
		words[i] = (uintptr_t)land;
}

static void tamper(void)
{
	volatile uintptr_t *w = env->reg;
	uintptr_t to = (uintptr_t)land;

	if (!strcmp(act, "change-pc")) {
		w[PC] = to;
	} else if (!strcmp(act, "change-sp")) {
		fake[ROOM] = fake[ROOM + 1] = to;
		w[SP] = (uintptr_t)&fake[ROOM];
	} else if (!strcmp(act, "known-pointer-xor")) {
		/* The pointer is known, so the mask is, if it is one. */
		w[SEAL] ^= w[PC] ^ to;
		w[PC] = to;
	} else if (!strcmp(act, "borrow-seal")) {
		w[PC] = to;
		w[SEAL] = ((volatile uintptr_t *)other->reg)[SEAL];
	} else {
		printf("no act of that name\n");
		exit(2);
	}
}

int main(int argc, char **argv)
{
	act = argc > 1 ? argv[1] : "change-pc";
	if (!strcmp(act, "frame-gone")) {
		deep();
		spray();
		longjmp(env, 1);
	}
	if (setjmp(other))
		disclose();
	if (!strcmp(act, "move-buffer")) {
		jmp_buf copy;

		memcpy(copy, other, sizeof(copy));
		longjmp(copy, 1);
	}
	mark(env->reg);
	tamper();
	longjmp(env, 1);
}
