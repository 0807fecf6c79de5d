/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine for core/mem: RAM is a file in memory, the address space that of
 * this process (so rights are real), page tables are counted: they take
 * frames, pages of 2 MiB need none until they are split, and what would break
 * the contract of <uk/plat.h> stops the test.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uk/hvprotect.h>
#include <uk/plat.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			fprintf(stderr, "%s:%d: %s\n", __FILE__,	\
				__LINE__, #cond);			\
			abort();					\
		}							\
	} while (0)

#define MACHINE_LOW 64			/* frames of low memory, with page 0 */
#define MACHINE_HIGH 0x100000ull	/* where the other RAM is */
#define MACHINE_IMAGE_PAGES 10		/* and the image begins */
#define MACHINE_SPARE 4			/* pages of memory that is no RAM, */
#define MACHINE_SPARE_PA (MACHINE_LOW * UK_PAGE_SIZE)	/* for devices */

/* Boot with so many frames beside image and page 0. */
void machine_boot(size_t frames);

/* What that boot finds held by a hypervisor; for tests to set. */
extern struct uk_hvprotect machine_hv;

/* The n-th (from 1) frame that is asked for, or mapping that is changed, from
 * now on is refused; 0: never. */
extern unsigned int machine_fail_frame, machine_fail_map;
extern unsigned int machine_failed;	/* refusals so far */

/* Frames in page tables. */
size_t machine_tables(void);
/* Are there this mapping and these rights in the tables? */
bool machine_mapped(uintptr_t va, uint64_t *pa, unsigned int *rights);
/* Compare tables and records of core/mem, in both directions; count frames:
 * none is mapped twice, none is lost, `held` of them are the caller's. */
void machine_check(size_t held);

/* Run fn(arg) in a process of its own: core/mem starts once. The test fails
 * if it does not come back. Its result, 0 to 100. */
int machine_run(int (*fn)(int arg), int arg);
/* Run fn(arg) and see whether core/mem stopped the image; the message. */
const char *machine_dies(void (*fn)(void *arg), void *arg);

static inline unsigned int rnd(unsigned int n)
{
	return (unsigned int)random() % n;
}
