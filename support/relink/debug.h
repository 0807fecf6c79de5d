/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a .dbg twin needs besides the kit: the 64-bit addresses in its debug
 * information, by their offset in the file.
 */
#pragma once

#include <stdint.h>

#define DEBUG_MAGIC 0x47424452u		/* "RDBG" */

struct debug_head {
	uint32_t magic, fields;
};

struct debug_field {
	uint32_t at;			/* offset in the file */
	uint32_t piece;			/* that it points to */
};
