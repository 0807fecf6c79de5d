/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One request leaves its bytes on the stack. The next one makes a function
 * use a local that it forgot to fill in: a pointer of the attacker's.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define WORDS 32

struct job {
	char name[48];
	void (*done)(void);
	char note[48];
};

static void stolen(void)
{
	printf("SURVIVED: a stale pointer from the stack was called\n");
	exit(0);
}

static void harmless(void)
{
}

/* Keeps a copy of the request on the stack for as long as it runs. */
static __attribute__((noinline)) void first_request(const uintptr_t *words)
{
	uintptr_t copy[WORDS];

	for (int i = 0; i < WORDS; i++)
		copy[i] = words[i];
	__asm__ __volatile__("" : : "r"(copy) : "memory");
}

/* Knows one kind of job, and forgets that there are others. */
static __attribute__((noinline)) void fill_in(struct job *job, int kind)
{
	__asm__ __volatile__("" : "+r"(job) : : "memory");
	job->name[0] = 'j';
	if (kind == 0)
		job->done = harmless;
}

static __attribute__((noinline)) void second_request(int kind)
{
	struct job job;

	fill_in(&job, kind);
	job.done();
}

int main(int argc, char **argv)
{
	uintptr_t words[WORDS];

	for (int i = 0; i < WORDS; i++)
		words[i] = (uintptr_t)stolen;
	first_request(words);
	second_request(argc);
	return argv[0] ? 2 : 3;
}
