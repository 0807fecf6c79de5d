/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>

/* What came of it. All zero: nothing yet. */
struct summary {
	uint32_t sent, received, duplicates;
	uint64_t ms;		/* from the first request to the end */
	uint64_t min, max, sum, squares;	/* microseconds */
};

/* An answer came after so long. */
void summary_add(struct summary *s, uint64_t us);
/* Of 100 that were sent, so many have no answer, rounded down. */
uint32_t summary_loss(const struct summary *s);
uint64_t summary_mean(const struct summary *s);
/* The standard deviation. */
uint64_t summary_spread(const struct summary *s);
