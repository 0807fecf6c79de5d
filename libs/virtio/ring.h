/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukvirtio: what the two kinds of rings (split.c, packed.c) and what
 * stands in front of them (ring.c) know of each other. */
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

/* Split: the buffer's id is q->first_free, and own[] leads to the others.
 * Packed: likewise, but only the first id is used. Room has been checked. */
void split_put(struct uk_virtq *q, const struct entry *e);
void packed_put(struct uk_virtq *q, const struct entry *e);

/* Would the device be told of the last n? A fence was made. */
bool split_tell(const struct uk_virtq *q, uint16_t n);
bool packed_tell(const struct uk_virtq *q, uint16_t n);

/* What came back next, as the device says, each word read once. False: nothing
 * did, or q->lie. */
bool split_next(struct uk_virtq *q, uint32_t *id, uint32_t *len);
bool packed_next(struct uk_virtq *q, uint32_t *id, uint32_t *len);
/* It is taken: the buffer of this id, checked. */
void split_took(struct uk_virtq *q, uint16_t id);
void packed_took(struct uk_virtq *q, uint16_t id);

void split_arm(struct uk_virtq *q);
void packed_arm(struct uk_virtq *q);
void split_disarm(struct uk_virtq *q);
void packed_disarm(struct uk_virtq *q);
/* After a fence: has anything come back? */
bool split_any(const struct uk_virtq *q);
bool packed_any(const struct uk_virtq *q);
