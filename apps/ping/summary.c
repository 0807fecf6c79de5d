/* SPDX-License-Identifier: BSD-3-Clause */
#include "summary.h"

void summary_add(struct summary *s, uint64_t us)
{
	if (s->received == 0 || us < s->min)
		s->min = us;
	if (us > s->max)
		s->max = us;
	s->received++;
	s->sum += us;
	s->squares += us * us;
}

uint32_t summary_loss(const struct summary *s)
{
	if (s->sent == 0)
		return 0;
	return (uint32_t)((uint64_t)(s->sent - s->received) * 100 / s->sent);
}

uint64_t summary_mean(const struct summary *s)
{
	return s->received ? s->sum / s->received : 0;
}

static uint64_t root(uint64_t v)
{
	uint64_t r = 0, bit;

	for (bit = 1ull << 31; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return r;
}

uint64_t summary_spread(const struct summary *s)
{
	uint64_t mean = summary_mean(s), of_squares;

	if (s->received == 0)
		return 0;
	of_squares = s->squares / s->received;
	return of_squares > mean * mean ? root(of_squares - mean * mean) : 0;
}
