/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A platform's clock and idle as <uk/plat.h> promises them. No upper limit on
 * any time: the machine may be busy; what hangs, the harness ends.
 */
#include <stdio.h>
#include <uk/plat.h>

#define MS 1000000ull
#define YEAR_2020 1577836800ull
#define YEAR_2100 4102444800ull

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s\n", #cond);			\
			return 1;					\
		}							\
	} while (0)

static int goes_forward(void)
{
	uint64_t first = ukplat_clock_monotonic(), last = first, now;
	int i;

	for (i = 0; i < 20000; i++) {
		now = ukplat_clock_monotonic();
		CHECK(now >= last);
		last = now;
	}
	CHECK(last > first);
	return 0;
}

/* Sleep for ms; how often it took to come back. */
static int sleep(uint64_t ms, unsigned int *wakes)
{
	uint64_t until = ukplat_clock_monotonic() + ms * MS;
	unsigned long flags = ukplat_irq_save();

	*wakes = 0;
	while (ukplat_clock_monotonic() < until) {
		ukplat_idle(until);
		++*wakes;
	}
	ukplat_irq_restore(flags);
	return 0;
}

static int idles(void)
{
	unsigned int wakes, slept = 0;
	int i;

	for (i = 0; i < 5 || (!slept && i < 100); i++) {
		sleep(20, &wakes);
		/* It slept: a busy wait would come back far more often. A host
		 * that is busy for 20 ms leaves nothing to sleep for. */
		CHECK(wakes <= 8);
		slept += wakes > 0;
	}
	CHECK(slept);
	ukplat_irq_disable();
	ukplat_idle(ukplat_clock_monotonic());	/* gone by: comes back */
	ukplat_idle(0);
	ukplat_irq_enable();
	return 0;
}

static int date(void)
{
	uint64_t wall = ukplat_clock_wall(), mono = ukplat_clock_monotonic();
	unsigned int wakes;
	int64_t drift;

	CHECK(wall / 1000000000 > YEAR_2020 && wall / 1000000000 < YEAR_2100);
	sleep(30, &wakes);
	drift = (int64_t)(ukplat_clock_wall() - wall) -
		(int64_t)(ukplat_clock_monotonic() - mono);
	/* Two readings each, and a host may slew one of its clocks. */
	CHECK(drift > -(int64_t)(500 * MS) && drift < (int64_t)(500 * MS));
	return 0;
}

int main(void)
{
	if (goes_forward() || idles() || date())
		return 1;
	puts("clock: done");
	return 0;
}
