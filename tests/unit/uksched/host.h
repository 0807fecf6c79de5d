/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine for threads under test: the CPU's own context switch, a clock
 * that only moves when nobody runs, interrupts at given times, memory whose
 * leaks and misuse are seen.
 */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void host_start(void);		/* once a process: runs the init table */
extern uint64_t host_clock;	/* ns */
extern unsigned int host_idles;	/* how often the CPU slept */
extern bool host_irq_on;	/* interrupts are on */
extern bool host_has_irqs;	/* a handler is registered */
extern unsigned int host_stacks, host_blocks; /* live */
extern unsigned int host_fail_at; /* n: the n-th allocation fails */
extern uintptr_t host_tlsp;	/* the thread pointer */

/* fn() is called as an interrupt handler when the clock is at `when`; with
 * the CPU asleep for good it comes at once. One at a time. */
void host_interrupt_at(uint64_t when, void (*fn)(void));

/* What the running thread dies of; what is printed before is kept too. */
extern jmp_buf host_death;
extern bool host_watch;
extern char host_epitaph[256], host_output[4096];
#define assert_death(text, stmt)					\
	do {								\
		host_epitaph[0] = host_output[0] = 0;			\
		host_watch = true;					\
		if (!setjmp(host_death)) {				\
			stmt;						\
		}							\
		host_watch = false;					\
		host_irq_on = true;					\
		assert_string_equal(host_epitaph, text);		\
	} while (0)
