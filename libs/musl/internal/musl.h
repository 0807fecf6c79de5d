/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libmusl: what our sources in it share. */
#pragma once

#include <uk/config.h>

struct uk_thread;

/* Cancel the calling thread, if somebody asked for that and it may be: does
 * not return, or returns ret. */
hidden long musl_cancelled(long n, long ret);

/* Fill in what musl keeps of a thread; all but its number. */
hidden struct __pthread *musl_fill(const struct uk_thread *thread);
