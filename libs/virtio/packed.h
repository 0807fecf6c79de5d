/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packed rings (virtio 1.2, section 2.8): one ring for both directions. The
 * device overwrites descriptors that it has read with those of buffers that it
 * gives back; two flags of each say in which lap who wrote it.
 */
#pragma once

#include "ring.h"

#define SLOT_AVAIL (1u << 7)
#define SLOT_USED (1u << 15)

#define EVENT_ON 0u
#define EVENT_OFF 1u
#define EVENT_AT 2u

static uint16_t place(uint16_t position)
{
	return position & (uint16_t)~UK_VIRTQ_LAP;
}

/* n further on: the lap's bit turns at the end of the ring. */
static uint16_t advance(const struct uk_virtq *q, uint16_t position, uint16_t n)
{
	uint32_t at = (uint32_t)place(position) + n;

	if (at < q->size)
		return (uint16_t)(position + n);
	return (uint16_t)((at - q->size) |
			  ((position & UK_VIRTQ_LAP) ^ UK_VIRTQ_LAP));
}

static void packed_put(struct uk_virtq *q, const struct entry *e)
{
	volatile struct uk_virtq_slot *first = &q->ring[place(q->put)], *d;
	uint16_t id = q->first_free, first_flags = 0, flags;
	unsigned int i;

	for (i = 0; i < e->n; i++) {
		d = &q->ring[place(q->put)];
		d->pa = e->seg[i].pa;
		d->len = e->seg[i].len;
		d->id = id;
		flags = (uint16_t)(e->flags |
				   (i + 1 < e->n ? DESC_NEXT : 0) |
				   (i >= e->n_out ? DESC_WRITE : 0) |
				   (q->put & UK_VIRTQ_LAP ? SLOT_AVAIL
							  : SLOT_USED));
		if (i == 0)
			first_flags = flags;
		else
			d->flags = flags;
		q->put = advance(q, q->put, 1);
	}
	q->first_free = q->own[id].next;
	/* The device looks at the others once it has seen this. */
	__atomic_store_n(&first->flags, first_flags, __ATOMIC_RELEASE);
}

static bool packed_tell(const struct uk_virtq *q, uint16_t n)
{
	uint16_t flags = q->its->flags & 3u, at;

	if (flags != EVENT_AT || !q->form.event)
		return flags != EVENT_OFF;
	/* Behind us in the ring, or ahead of us, in the lap before. */
	at = q->its->at;
	if ((at ^ q->put) & UK_VIRTQ_LAP)
		at = (uint16_t)(place(at) - q->size);
	else
		at = place(at);
	return (uint16_t)(place(q->put) - at - 1) < n;
}

static bool packed_any(const struct uk_virtq *q)
{
	uint16_t flags = q->ring[place(q->got)].flags;
	bool avail = flags & SLOT_AVAIL, used = flags & SLOT_USED;

	return avail == used && used == !!(q->got & UK_VIRTQ_LAP);
}

static bool packed_next(struct uk_virtq *q, uint32_t *id, uint32_t *len)
{
	volatile struct uk_virtq_slot *d = &q->ring[place(q->got)];

	if (!packed_any(q))
		return false;
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	*id = d->id;
	*len = d->len;
	/* Of a buffer that was only read, the length means nothing. */
	if (*id < q->size && q->own[*id].room == 0)
		*len = 0;
	return true;
}

static void packed_took(struct uk_virtq *q, uint16_t id)
{
	q->own[id].next = q->first_free;
	q->first_free = id;
	/* The device leaves as many places out as the buffer had. */
	q->got = advance(q, q->got, q->own[id].n);
}

static void packed_arm(struct uk_virtq *q)
{
	if (q->form.event) {
		q->mine->at = q->got;
		__atomic_store_n(&q->mine->flags, EVENT_AT, __ATOMIC_RELEASE);
	} else {
		q->mine->flags = EVENT_ON;
	}
}

static void packed_disarm(struct uk_virtq *q)
{
	q->mine->flags = EVENT_OFF;
}
