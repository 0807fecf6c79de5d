/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A queue of buffers shared with a device that is not trusted: virtio 1.2,
 * section 2.7 ("split" rings), with event indexes and without. What the driver
 * needs to know of a buffer is kept in memory that the device does not get, so
 * nothing that it writes into the ring can be followed: indexes, ids and
 * lengths are checked against that record, and a queue whose device lied is
 * broken for good.
 *
 * One owner, no locking: thread context, or handlers while interrupts are off.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

/* A piece of a buffer, as the device reaches it. */
struct uk_virtq_seg {
	uint64_t pa;
	uint32_t len;		/* bytes, > 0 */
};

/* As the device sees them (little endian). */
struct uk_virtq_desc {
	uint64_t pa;
	uint32_t len;
	uint16_t flags, next;
};
struct uk_virtq_avail {
	uint16_t flags, idx, ring[];
};
struct uk_virtq_used {
	uint16_t flags, idx;
	struct {
		uint32_t id, len;
	} ring[];
};

/* What the driver knows of a descriptor. */
struct uk_virtq_own {
	void *cookie;		/* the caller's; of a buffer's first one */
	uint32_t room;		/* bytes that the device may write, likewise */
	uint16_t n;		/* descriptors of the buffer; 0: not a first */
	uint16_t next;		/* of the buffer, or of those that are free */
};

struct uk_virtq {
	struct uk_virtq_desc *desc;
	struct uk_virtq_avail *avail;
	const volatile struct uk_virtq_used *used;
	struct uk_virtq_own *own;
	const char *lie;	/* what the device was caught at, or NULL */
	uint16_t size;		/* descriptors, a power of two */
	uint16_t n_free, first_free;
	uint16_t put, got;	/* buffers handed over and back, modulo 2^16 */
	uint16_t told;		/* `put` when the device was notified last */
	bool event;		/* event indexes were negotiated */
};

#define UK_VIRTQ_MAX 32768u
/* Bytes of shared memory for a queue, of which the three parts begin at 0,
 * UK_VIRTQ_AVAIL and UK_VIRTQ_USED; aligned to 16. */
#define UK_VIRTQ_AVAIL(size) ((size_t)16 * (size))
#define UK_VIRTQ_USED(size) \
	UK_ALIGN_UP(UK_VIRTQ_AVAIL(size) + 6 + (size_t)2 * (size), 4)
#define UK_VIRTQ_BYTES(size) (UK_VIRTQ_USED(size) + 6 + (size_t)8 * (size))

/*
 * Start a queue of `size` descriptors (a power of two, at most UK_VIRTQ_MAX)
 * in shared memory (zeroed, UK_VIRTQ_BYTES(size)) and own[size]. Both stay the
 * caller's and must outlive the queue.
 */
void uk_virtq_init(struct uk_virtq *q, uint16_t size, void *shared,
		   struct uk_virtq_own *own, bool event);

/*
 * Hand a buffer over: n_out pieces that the device reads, then n_in that it
 * writes; at least one piece. cookie (not NULL) comes back with it.
 * -ENOSPC: too few descriptors are free. -EIO: the queue is broken. Until it
 * comes back the buffer is the device's.
 */
int uk_virtq_put(struct uk_virtq *q, const struct uk_virtq_seg *seg,
		 unsigned int n_out, unsigned int n_in, void *cookie);

/* Must the device be told of what was handed over since this last said so? */
bool uk_virtq_tell(struct uk_virtq *q);

/*
 * Take a buffer back: its cookie, and in *len how much of it the device says
 * to have written (checked: at most what it had). NULL: none there now, or the
 * queue is broken (q->lie says why).
 */
void *uk_virtq_get(struct uk_virtq *q, uint32_t *len);

/*
 * Ask for an interrupt when the next buffer comes back. True: one is there
 * already (or the queue is broken), and there may be no interrupt for it.
 * Without events: no interrupts, please.
 */
bool uk_virtq_arm(struct uk_virtq *q);
void uk_virtq_disarm(struct uk_virtq *q);
