/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>

#define SIZE_MOST 1452u	/* what fits into one frame, also with IPv6 */

struct options {
	const char *address;	/* as it was written; NULL: only answer */
	uint32_t count;		/* 0: for ever */
	uint32_t size;		/* bytes behind the header of 8 */
	uint64_t interval_ns, patience_ns;
};

/* The words of the command line behind the first. NULL, or what is wrong:
 * static storage. */
const char *options_parse(int argc, char *argv[], struct options *o);
