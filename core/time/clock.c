/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/cpu.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/time.h>

uint64_t uk_time_ns(void)
{
	return ukplat_clock_monotonic();
}

uint64_t uk_time_wall(void)
{
	/* Wall time at monotonic time 0. Reading the machine's clock can take
	 * a millisecond, so it waits until somebody wants to know. */
	static uint64_t base;
	static bool read;
	uint64_t wall;

	if (!UK_READ_ONCE(read)) {
		wall = ukplat_clock_wall();
		base = wall ? wall - ukplat_clock_monotonic() : 0;
		UK_WRITE_ONCE(read, true);
	}
	return base ? base + ukplat_clock_monotonic() : 0;
}

void uk_time_busy_wait(uint64_t ns)
{
	uint64_t start = ukplat_clock_monotonic();

	while (ukplat_clock_monotonic() - start < ns)
		ukarch_relax();
}

struct uk_timespec uk_time_split(uint64_t ns)
{
	return (struct uk_timespec){
		.sec = (int64_t)(ns / UK_NSEC_PER_SEC),
		.nsec = (int32_t)(ns % UK_NSEC_PER_SEC),
	};
}

int uk_time_join(const struct uk_timespec *ts, uint64_t *ns)
{
	uint64_t v;

	if (ts->sec < 0 || ts->nsec < 0 ||
	    ts->nsec >= (int32_t)UK_NSEC_PER_SEC)
		return -EINVAL;
	if (__builtin_mul_overflow((uint64_t)ts->sec, UK_NSEC_PER_SEC, &v) ||
	    __builtin_add_overflow(v, (uint64_t)ts->nsec, &v))
		return -EOVERFLOW;
	*ns = v;
	return 0;
}
