/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time on a busy host: each look at a clock takes a little, and now and then
 * the machine is held up for longer than its timers can count.
 */
#pragma once

#include <stdint.h>
#include <stdlib.h>

#define HELD_UP_NS 60000000ull
#define TSC_PER_NS 2

static uint64_t machine_ns;
static unsigned long machine_looks;
/* Held up at this look; one in so many at random, 0 = never. */
static unsigned long held_up_at, held_up_one_in;

static void look(uint64_t ns)
{
	machine_ns += ns;
	if (++machine_looks == held_up_at ||
	    (held_up_one_in && !((unsigned long)random() % held_up_one_in)))
		machine_ns += HELD_UP_NS;
}

uint64_t machine_cycles(void)
{
	look(100);
	return machine_ns * TSC_PER_NS;
}
