/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside ring.c: what the two kinds of rings (split.h, packed.h) have in
 * common. Each is a set of functions, in one file with their only caller, so
 * that a queue costs no more than one kind would:
 *
 * put(q, entry): of a buffer whose id is q->first_free, and for whose
 *	descriptors there is room
 * tell(q, n): does the device want to know of the last n? A fence was made.
 * next(q, &id, &len): what came back next, as the device says, each word read
 *	once. False: nothing did, or q->lie.
 * took(q, id): it is taken: the buffer of this id, checked
 * arm(q), disarm(q), any(q): ask for an interrupt, or for none; after a fence:
 *	has anything come back?
 */
#pragma once

#include <uk/virtq.h>

#define DESC_NEXT 1u
#define DESC_WRITE 2u
#define DESC_INDIRECT 4u

/* What of a buffer goes into the ring: its own pieces, or one table. */
struct entry {
	const struct uk_virtq_seg *seg;
	unsigned int n, n_out;
	uint16_t flags;		/* of each, beside those for order and side */
};
