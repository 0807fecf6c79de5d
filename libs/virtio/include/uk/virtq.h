/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A queue of buffers shared with a device that is not trusted: virtio 1.2,
 * sections 2.7 ("split" rings) and 2.8 ("packed" ones), with event indexes and
 * without, with buffers described in the ring or in tables beside it. What the
 * driver needs to know of a buffer is kept in memory that the device does not
 * get, so nothing that it writes can be followed: indexes, ids and lengths are
 * checked against that record, and a queue whose device lied is broken for
 * good.
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

/* In a packed ring: both sides write here. */
struct uk_virtq_slot {
	uint64_t pa;
	uint32_t len;
	uint16_t id, flags;
};
/* ... and each has a word for when it wants to be told. */
struct uk_virtq_event {
	uint16_t at, flags;
};

/* What the driver knows of a buffer, by the id that the device gets: that of
 * its first descriptor in a split ring, any free one in a packed one. */
struct uk_virtq_own {
	void *cookie;		/* the caller's */
	uint32_t room;		/* bytes that the device may write */
	uint16_t n;		/* descriptors that it takes; 0: not given */
	uint16_t next;		/* id, of the buffer, or of what is free */
};

/* What both sides agreed on. */
struct uk_virtq_form {
	uint16_t size;		/* descriptors, a power of two */
	/* With indirect descriptors: a buffer of 2 to `pieces` pieces takes
	 * one descriptor of the ring; 0: not negotiated, or not wanted. */
	uint16_t pieces;
	bool packed;
	bool event;		/* event indexes */
};

struct uk_virtq {
	union {
		struct uk_virtq_desc *desc;
		volatile struct uk_virtq_slot *ring;	/* packed */
	};
	union {
		struct uk_virtq_avail *avail;
		volatile struct uk_virtq_event *mine;	/* packed */
	};
	union {
		const volatile struct uk_virtq_used *used;
		const volatile struct uk_virtq_event *its;	/* packed */
	};
	uint8_t *tables;	/* one for each id */
	uint64_t tables_pa;
	struct uk_virtq_own *own;
	const char *lie;	/* what the device was caught at, or NULL */
	struct uk_virtq_form form;
	uint16_t size;		/* form.size */
	uint16_t n_free;	/* descriptors */
	uint16_t first_free;	/* id */
	/* Split: buffers handed over and back, modulo 2^16. Packed: where the
	 * next one is put, where the next one comes back; the top bit is the
	 * lap's (UK_VIRTQ_LAP). */
	uint16_t put, got;
	/* Handed over since the device was notified last: buffers in a split
	 * ring, descriptors in a packed one. */
	uint16_t untold;
};

#define UK_VIRTQ_LAP 0x8000u
#define UK_VIRTQ_MAX 32768u
#define UK_VIRTQ_PIECES_MAX 256u
/* Where the parts of a queue's shared memory begin, which is aligned to 16:
 * ring or descriptors at 0, what the driver writes, what the device writes,
 * tables; and its length, all in bytes. */
struct uk_virtq_layout {
	size_t driver, device, tables, len;
};
struct uk_virtq_layout uk_virtq_layout(const struct uk_virtq_form *form);

/*
 * Start a queue in shared memory (zeroed, of the form's layout; pa: as the
 * device reaches it) and own[size]. Both stay the caller's and must outlive
 * the queue. size: a power of two, at most UK_VIRTQ_MAX; pieces: at most
 * UK_VIRTQ_PIECES_MAX.
 */
void uk_virtq_init(struct uk_virtq *q, const struct uk_virtq_form *form,
		   void *shared, uint64_t pa, struct uk_virtq_own *own);

/*
 * Hand a buffer over: n_out pieces that the device reads, then n_in that it
 * writes; 1 to UK_VIRTQ_PIECES_MAX pieces in all. cookie (not NULL) comes back
 * with it. -ENOSPC: too few descriptors are free. -EIO: the queue is broken.
 * Until it comes back the buffer is the device's.
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
 */
bool uk_virtq_arm(struct uk_virtq *q);
/* No interrupts, please. The device may still give some. */
void uk_virtq_disarm(struct uk_virtq *q);
