/* SPDX-License-Identifier: BSD-3-Clause */
/* A machine for allocators under test: memory with a limit and real guard
 * pages, the init table, and deaths that are watched. */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Start with this much memory (once a process), run the init table. */
void machine_start(size_t bytes);
extern size_t machine_free;	/* bytes that uk_vm_alloc can still deliver */
extern unsigned int machine_ranges;	/* live ranges */
extern unsigned int machine_fail_at;	/* n: the n-th uk_vm_alloc fails */

/* Does it die, and is this what the crash screen would begin with? */
extern jmp_buf machine_death;
extern bool machine_watch;
extern char machine_epitaph[256];
#define assert_death(text, stmt)					\
	do {								\
		machine_epitaph[0] = 0;					\
		machine_watch = true;					\
		if (!setjmp(machine_death)) {				\
			stmt;						\
		}							\
		machine_watch = false;					\
		assert_string_equal(machine_epitaph, text);		\
	} while (0)

/* The same numbers every time: xorshift. */
uint64_t machine_random(void);
static inline size_t machine_below(size_t n)
{
	return (size_t)(machine_random() % n);
}
