/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_time. */
#pragma once

#include <stdint.h>
#include <uk/time.h>

/* As the kernel lays it out. */
struct timespec {
	int64_t sec, nsec;
};

/* Numbers of clocks, those of Linux. */
enum {
	REALTIME, MONOTONIC, PROCESS_CPU, THREAD_CPU, MONOTONIC_RAW,
	REALTIME_COARSE, MONOTONIC_COARSE, BOOTTIME,
};

/* Nanoseconds on a clock. -EINVAL: there is none of this number. */
int clock_read(int clock, uint64_t *ns);
