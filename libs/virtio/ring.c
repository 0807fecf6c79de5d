/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The driver's side of a queue. own[] alone says what is free, what belongs
 * together and who gets it back; what the device writes is compared with that,
 * here, for both kinds of rings.
 */
#include <uk/errno.h>
#include <uk/virtq.h>
#include "packed.h"
#include "ring.h"
#include "split.h"

#define TABLE_ENTRY sizeof(struct uk_virtq_desc)
UK_CTASSERT(sizeof(struct uk_virtq_desc) == 16);
UK_CTASSERT(sizeof(struct uk_virtq_slot) == 16);
UK_CTASSERT(offsetof(struct uk_virtq_slot, flags) ==
	    offsetof(struct uk_virtq_desc, next));

struct uk_virtq_layout uk_virtq_layout(const struct uk_virtq_form *form)
{
	size_t n = form->size;
	struct uk_virtq_layout l = { .driver = TABLE_ENTRY * n };

	if (form->packed) {
		l.device = l.driver + sizeof(struct uk_virtq_event);
		l.len = l.device + sizeof(struct uk_virtq_event);
	} else {
		l.device = UK_ALIGN_UP(l.driver + 6 + 2 * n, 4);
		l.len = l.device + 6 + 8 * n;
	}
	l.tables = UK_ALIGN_UP(l.len, 16);
	if (form->pieces)
		l.len = l.tables + TABLE_ENTRY * form->pieces * n;
	return l;
}

void uk_virtq_init(struct uk_virtq *q, const struct uk_virtq_form *form,
		   void *shared, uint64_t pa, struct uk_virtq_own *own)
{
	struct uk_virtq_layout l = uk_virtq_layout(form);
	uint8_t *p = shared;
	unsigned int i;

	*q = (struct uk_virtq){
		.desc = shared,
		.avail = (void *)(p + l.driver),
		.used = (void *)(p + l.device),
		.tables = p + l.tables,
		.tables_pa = pa + l.tables,
		.own = own,
		.form = *form,
		.size = form->size,
		.n_free = form->size,
		.put = form->packed ? UK_VIRTQ_LAP : 0,
		.got = form->packed ? UK_VIRTQ_LAP : 0,
	};
	for (i = 0; i < form->size; i++)
		own[i] = (struct uk_virtq_own){ .next = (uint16_t)(i + 1) };
	uk_virtq_disarm(q);
}

/* The pieces into the table of this id, which the ring then points to. A split
 * ring's table is a chain, a packed one's simply ends, and has the flags where
 * the other has `next`. */
static struct uk_virtq_seg fill_table(struct uk_virtq *q, uint16_t id,
				      const struct entry *e)
{
	size_t at = TABLE_ENTRY * q->form.pieces * id;
	struct uk_virtq_desc *d = (void *)(q->tables + at);
	unsigned int i;

	for (i = 0; i < e->n; i++, d++) {
		uint16_t flags = i >= e->n_out ? DESC_WRITE : 0;
		bool more = i + 1 < e->n;

		d->pa = e->seg[i].pa;
		d->len = e->seg[i].len;
		if (q->form.packed) {
			d->next = flags;
			continue;
		}
		d->flags = (uint16_t)(flags | (more ? DESC_NEXT : 0));
		d->next = (uint16_t)(more ? i + 1 : 0);
	}
	return (struct uk_virtq_seg){ q->tables_pa + at,
				      (uint32_t)(TABLE_ENTRY * e->n) };
}

int uk_virtq_put(struct uk_virtq *q, const struct uk_virtq_seg *seg,
		 unsigned int n_out, unsigned int n_in, void *cookie)
{
	struct entry e = { .seg = seg, .n = n_out + n_in, .n_out = n_out };
	struct uk_virtq_own *o = &q->own[q->first_free];
	bool table = e.n > 1 && e.n <= q->form.pieces;
	struct uk_virtq_seg whole;
	uint32_t room = 0;
	unsigned int i;

	if (q->lie)
		return -EIO;
	if (q->n_free == 0 || (!table && e.n > q->n_free))
		return -ENOSPC;
	for (i = n_out; i < e.n; i++)
		room += seg[i].len;
	if (table) {
		whole = fill_table(q, q->first_free, &e);
		e = (struct entry){ &whole, 1, 1, DESC_INDIRECT };
	}
	o->cookie = cookie;
	o->room = room;
	o->n = (uint16_t)e.n;
	q->n_free = (uint16_t)(q->n_free - e.n);
	if (q->form.packed) {
		packed_put(q, &e);
		q->untold = (uint16_t)(q->untold + e.n);
	} else {
		split_put(q, &e);
		q->untold++;
	}
	return 0;
}

bool uk_virtq_tell(struct uk_virtq *q)
{
	uint16_t n = q->untold;

	if (n == 0 || q->lie)
		return false;
	q->untold = 0;
	/* What was put, before what the device wants to hear. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return q->form.packed ? packed_tell(q, n) : split_tell(q, n);
}

void *uk_virtq_get(struct uk_virtq *q, uint32_t *len)
{
	struct uk_virtq_own *o;
	uint32_t id;

	if (q->lie || !(q->form.packed ? packed_next(q, &id, len)
				       : split_next(q, &id, len)))
		return NULL;
	if (id >= q->size || q->own[id].n == 0) {
		q->lie = "a buffer that it does not have";
		return NULL;
	}
	o = &q->own[id];
	if (*len > o->room) {
		q->lie = "more bytes than the buffer holds";
		return NULL;
	}
	if (q->form.packed)
		packed_took(q, (uint16_t)id);
	else
		split_took(q, (uint16_t)id);
	q->n_free = (uint16_t)(q->n_free + o->n);
	o->n = 0;
	return o->cookie;
}

bool uk_virtq_arm(struct uk_virtq *q)
{
	if (q->form.packed)
		packed_arm(q);
	else
		split_arm(q);
	/* What is wanted, before what is there. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return q->lie || (q->form.packed ? packed_any(q) : split_any(q));
}

void uk_virtq_disarm(struct uk_virtq *q)
{
	if (q->form.packed)
		packed_disarm(q);
	else
		split_disarm(q);
}
