/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The driver's side of a split ring. The device reads desc and avail, and
 * writes used; each word of that is read once. own[] alone says what is free,
 * what belongs together and who gets it back.
 */
#include <uk/errno.h>
#include <uk/virtq.h>

#define DESC_NEXT 1u
#define DESC_WRITE 2u
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

void uk_virtq_init(struct uk_virtq *q, uint16_t size, void *shared,
		   struct uk_virtq_own *own, bool event)
{
	uint8_t *p = shared;
	unsigned int i;

	*q = (struct uk_virtq){
		.desc = shared,
		.avail = (void *)(p + UK_VIRTQ_AVAIL(size)),
		.used = (void *)(p + UK_VIRTQ_USED(size)),
		.own = own,
		.size = size,
		.n_free = size,
		.event = event,
	};
	for (i = 0; i < size; i++)
		own[i] = (struct uk_virtq_own){ .next = (uint16_t)(i + 1) };
	uk_virtq_disarm(q);
}

int uk_virtq_put(struct uk_virtq *q, const struct uk_virtq_seg *seg,
		 unsigned int n_out, unsigned int n_in, void *cookie)
{
	unsigned int n = n_out + n_in, i;
	uint16_t first = q->first_free, at = first;
	uint32_t room = 0;

	if (q->lie)
		return -EIO;
	if (n > q->n_free)
		return -ENOSPC;
	for (i = 0; i < n; i++) {
		struct uk_virtq_desc *d = &q->desc[at];

		d->pa = seg[i].pa;
		d->len = seg[i].len;
		d->flags = (uint16_t)((i + 1 < n ? DESC_NEXT : 0) |
				      (i >= n_out ? DESC_WRITE : 0));
		d->next = i + 1 < n ? q->own[at].next : 0;
		if (i >= n_out)
			room += seg[i].len;
		at = q->own[at].next;
	}
	q->own[first].cookie = cookie;
	q->own[first].room = room;
	q->own[first].n = (uint16_t)n;
	q->first_free = at;
	q->n_free = (uint16_t)(q->n_free - n);
	UK_WRITE_ONCE(q->avail->ring[q->put % q->size], first);
	q->put++;
	__atomic_store_n(&q->avail->idx, q->put, __ATOMIC_RELEASE);
	return 0;
}

bool uk_virtq_tell(struct uk_virtq *q)
{
	uint16_t before = q->told, passed;

	if (before == q->put || q->lie)
		return false;
	q->told = q->put;
	/* What was put, before what the device wants to hear. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!q->event)
		return !(q->used->flags & USED_NO_NOTIFY);
	passed = (uint16_t)(q->put - *avail_event(q) - 1);
	return passed < (uint16_t)(q->put - before);
}

static void *broken(struct uk_virtq *q, const char *lie)
{
	q->lie = lie;
	return NULL;
}

/* The buffer that begins with descriptor `first`, back to what is free. */
static void *release(struct uk_virtq *q, uint16_t first)
{
	struct uk_virtq_own *o = &q->own[first];
	uint16_t last = first, i;

	for (i = 1; i < o->n; i++)
		last = q->own[last].next;
	q->own[last].next = q->first_free;
	q->first_free = first;
	q->n_free = (uint16_t)(q->n_free + o->n);
	o->n = 0;
	return o->cookie;
}

void *uk_virtq_get(struct uk_virtq *q, uint32_t *len)
{
	uint16_t idx, at = q->got % q->size;
	uint32_t id;

	if (q->lie)
		return NULL;
	idx = __atomic_load_n(&q->used->idx, __ATOMIC_ACQUIRE);
	if (idx == q->got)
		return NULL;
	if ((uint16_t)(idx - q->got) > (uint16_t)(q->put - q->got))
		return broken(q, "an index beyond what it was given");
	id = q->used->ring[at].id;
	*len = q->used->ring[at].len;
	if (id >= q->size || q->own[id].n == 0)
		return broken(q, "a buffer that it does not have");
	if (*len > q->own[id].room)
		return broken(q, "more bytes than the buffer holds");
	q->got++;
	return release(q, (uint16_t)id);
}

bool uk_virtq_arm(struct uk_virtq *q)
{
	if (q->event)
		UK_WRITE_ONCE(*used_event(q), q->got);
	else
		UK_WRITE_ONCE(q->avail->flags, 0);
	/* What is wanted, before what is there. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return q->lie || q->used->idx != q->got;
}

void uk_virtq_disarm(struct uk_virtq *q)
{
	/* As far behind as can be: the index passes it after 2^16 buffers. */
	if (q->event)
		UK_WRITE_ONCE(*used_event(q), (uint16_t)(q->got - 1));
	else
		UK_WRITE_ONCE(q->avail->flags, AVAIL_NO_INTERRUPT);
}
