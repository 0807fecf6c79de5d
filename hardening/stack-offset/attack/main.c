/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Four threads wait in the same function for their turn. The attacker has
 * watched one of them before, in a copy of his own, and knows how far from the
 * end of its stack a word lies; where the stacks of these four end, he knows
 * as well. He has won if he gets all of them: one would be luck, once in 256
 * times. The words around are the victim's own, so that a miss breaks nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/sched.h>
#include <uk/thread.h>
#include <uk/vm.h>

#define VICTIMS 4
#define AROUND 512	/* words: no place is further from another */
#define DENIED 0x1111ul
#define GRANTED 0x6666ul

struct request {
	volatile uintptr_t before[AROUND], may, after[AROUND];
};

static volatile uintptr_t copy;	/* where the word lies in the attacker's */
static volatile int turn;

static void *victim(void *is_copy)
{
	struct request r;

	for (int i = 0; i < AROUND; i++)
		r.before[i] = r.after[i] = 0;
	r.may = DENIED;
	if (is_copy) {
		copy = (uintptr_t)&r.may;
		return NULL;
	}
	while (!turn)
		uk_sched_yield();
	return (void *)r.may;
}

static uintptr_t end_of_stack(const struct uk_thread *t)
{
	struct uk_vm_range stack = { 0 };

	uk_vm_find((uintptr_t)t->stack, &stack);
	return stack.va + stack.len;
}

static struct uk_thread *start(void *is_copy)
{
	struct uk_thread *t = uk_thread_create("victim", victim, is_copy, NULL);

	if (t)
		uk_sched_yield();
	return t;
}

static int overwrite(volatile uintptr_t *at)
{
	*at = GRANTED;
	return 1;
}

static int read(volatile uintptr_t *at)
{
	return *at == DENIED;
}

int main(int argc, char **argv)
{
	int (*act)(volatile uintptr_t *) =
		argc > 1 && !strcmp(argv[1], "read-frame-of-thread") ?
		read : overwrite;
	struct uk_thread *t[VICTIMS], *own = start("copy");
	uintptr_t distance;
	int i, done = 0;
	void *may;

	if (!own)
		return 2;
	distance = end_of_stack(own) - copy;
	uk_thread_join(own, NULL);
	for (i = 0; i < VICTIMS; i++) {
		t[i] = start(NULL);
		if (!t[i])
			return 2;
		done += act((uintptr_t *)(end_of_stack(t[i]) - distance));
	}
	turn = 1;
	for (i = 0; i < VICTIMS; i++) {
		uk_thread_join(t[i], &may);
		if (act == overwrite && (uintptr_t)may != GRANTED)
			done--;
	}
	if (done < VICTIMS) {
		printf("STOPPED: the frames are not where the first one was\n");
		return 1;
	}
	printf("SURVIVED: the frames of %d threads\n", done);
	return 0;
}
