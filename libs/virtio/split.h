/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Split rings (virtio 1.2, section 2.7): the device reads desc and avail, and
 * writes used.
 */
#pragma once

#include "ring.h"

#define AVAIL_NO_INTERRUPT 1u
#define USED_NO_NOTIFY 1u

/* Behind each of the rings lies one more word: up to which index the other
 * side wants to hear nothing. */
static uint16_t *used_event(struct uk_virtq *q)
{
	return &q->avail->ring[q->size];
}

static const volatile uint16_t *avail_event(const struct uk_virtq *q)
{
	return (const volatile uint16_t *)&q->used->ring[q->size];
}

static void split_put(struct uk_virtq *q, const struct entry *e)
{
	uint16_t first = q->first_free, at = first;
	unsigned int i;

	for (i = 0; i < e->n; i++) {
		struct uk_virtq_desc *d = &q->desc[at];
		bool more = i + 1 < e->n;

		d->pa = e->seg[i].pa;
		d->len = e->seg[i].len;
		d->flags = (uint16_t)(e->flags | (more ? DESC_NEXT : 0) |
				      (i >= e->n_out ? DESC_WRITE : 0));
		d->next = more ? q->own[at].next : 0;
		at = q->own[at].next;
	}
	q->first_free = at;
	UK_WRITE_ONCE(q->avail->ring[q->put & (q->size - 1)], first);
	q->put++;
	__atomic_store_n(&q->avail->idx, q->put, __ATOMIC_RELEASE);
}

static bool split_tell(const struct uk_virtq *q, uint16_t n)
{
	if (!q->form.event)
		return !(q->used->flags & USED_NO_NOTIFY);
	return (uint16_t)(q->put - *avail_event(q) - 1) < n;
}

static bool split_next(struct uk_virtq *q, uint32_t *id, uint32_t *len)
{
	uint16_t at = q->got & (uint16_t)(q->size - 1);
	uint16_t idx = __atomic_load_n(&q->used->idx, __ATOMIC_ACQUIRE);

	if (idx == q->got)
		return false;
	if ((uint16_t)(idx - q->got) > (uint16_t)(q->put - q->got)) {
		q->lie = "an index beyond what it was given";
		return false;
	}
	*id = q->used->ring[at].id;
	*len = q->used->ring[at].len;
	return true;
}

/* Its descriptors, a chain in own[], in front of those that are free. */
static void split_took(struct uk_virtq *q, uint16_t id)
{
	uint16_t last = id, i;

	for (i = 1; i < q->own[id].n; i++)
		last = q->own[last].next;
	q->own[last].next = q->first_free;
	q->first_free = id;
	q->got++;
}

static void split_arm(struct uk_virtq *q)
{
	if (q->form.event)
		UK_WRITE_ONCE(*used_event(q), q->got);
	else
		UK_WRITE_ONCE(q->avail->flags, 0);
}

static void split_disarm(struct uk_virtq *q)
{
	/* As far behind as can be: the index passes it after 2^16 buffers. */
	if (q->form.event)
		UK_WRITE_ONCE(*used_event(q), (uint16_t)(q->got - 1));
	else
		UK_WRITE_ONCE(q->avail->flags, AVAIL_NO_INTERRUPT);
}

static bool split_any(const struct uk_virtq *q)
{
	return q->used->idx != q->got;
}
