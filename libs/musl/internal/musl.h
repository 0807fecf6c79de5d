/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libmusl: what our sources in it share. */
#pragma once

#include <uk/config.h>

/* Cancel the calling thread, if somebody asked for that and it may be: does
 * not return, or returns ret. */
hidden long musl_cancelled(long n, long ret);
