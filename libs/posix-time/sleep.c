/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/syscall.h>
#include <uk/task.h>
#include "clock.h"

#define ABSOLUTE 1

static int to_ns(const struct timespec *ts, uint64_t *ns)
{
	const struct uk_timespec t = { ts->sec, (int32_t)ts->nsec };
	int rc;

	if (t.nsec != ts->nsec)
		return -EINVAL;
	rc = uk_time_join(&t, ns);
	/* Longer than anything here will run. */
	if (rc == -EOVERFLOW) {
		*ns = UKPLAT_FOREVER;
		rc = 0;
	}
	return rc;
}

/* Until that time of the monotonic clock: 0 or -EINTR. */
static int sleep_until(uint64_t until)
{
	unsigned long flags;
	int rc;

	do {
		flags = ukplat_irq_save();
		rc = uk_task_sleep(until);
		ukplat_irq_restore(flags);
	} while (!rc);
	if (rc == -ETIMEDOUT)
		return 0;
	uk_signal_run();
	return rc;
}

static int pass(int clock, int flags, const struct timespec *want,
		struct timespec *left)
{
	uint64_t now, ns, until, base = uk_time_ns();
	int rc = clock_read(clock, &now);

	if (!rc)
		rc = to_ns(want, &ns);
	if (rc)
		return rc;
	if (flags & ABSOLUTE)
		ns = ns > now ? ns - now : 0;
	if (__builtin_add_overflow(base, ns, &until))
		until = UKPLAT_FOREVER;
	rc = sleep_until(until);
	if (rc && left && !(flags & ABSOLUTE)) {
		struct uk_timespec t;

		now = uk_time_ns();
		t = uk_time_split(until > now ? until - now : 0);
		*left = (struct timespec){ t.sec, t.nsec };
	}
	return rc;
}

UK_SYSCALL_R_DEFINE(int, clock_nanosleep, int, clock, int, flags,
		    const struct timespec *, want, struct timespec *, left)
{
	return pass(clock, flags, want, left);
}

UK_SYSCALL_R_DEFINE(int, nanosleep, const struct timespec *, want,
		    struct timespec *, left)
{
	return pass(MONOTONIC, 0, want, left);
}
