/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A device that writes what it likes into all that it shares, between any two
 * steps of a driver: each buffer comes back at most once, and only while the
 * device had it, with no more bytes than it could hold; nothing outside the
 * queue's memory is touched, and what is free is what was not given.
 * Input: first byte: size and form of the queue; then steps of three bytes.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/virtq.h>

#define CHECK(cond) do { if (!(cond)) abort(); } while (0)
#define MOST 64

static struct uk_virtq q;
static struct uk_virtq_own *own;
static uint8_t *shared;
static struct uk_virtq_layout layout;
static uint16_t done;		/* an honest device's index */
/* ... and, of a packed ring, what it looks at next, and in which lap. */
static uint16_t seen;
static bool seen_lap;

/* Buffers of the driver */
static struct {
	uint32_t room;
	unsigned int n;		/* descriptors; 0: at home */
} buffers[MOST];

static void put(uint8_t a, uint8_t b)
{
	struct uk_virtq_seg seg[4];
	unsigned int i = a % MOST, n_out = b & 1, n_in = b >> 1 & 3, k;
	uint32_t room = 0;

	if (buffers[i].n || n_out + n_in == 0)
		return;
	for (k = 0; k < n_out + n_in; k++) {
		seg[k].pa = i;
		seg[k].len = b + k;
		room += k >= n_out ? seg[k].len : 0;
	}
	if (uk_virtq_put(&q, seg, n_out, n_in, &buffers[i]) != 0)
		return;
	k = n_out + n_in;
	buffers[i].n = k > 1 && k <= q.form.pieces ? 1 : k;
	buffers[i].room = room;
}

static void get(void)
{
	uint32_t len;
	unsigned int i, n = 0;
	__typeof__(&buffers[0]) b = uk_virtq_get(&q, &len);

	if (b) {
		CHECK(b >= buffers && b < buffers + MOST);
		CHECK(b->n > 0 && len <= b->room && !q.lie);
		b->n = 0;
	}
	for (i = 0; i < MOST; i++)
		n += buffers[i].n;
	CHECK(q.n_free + n == q.size);
}

static void serve_split(uint8_t len)
{
	struct uk_virtq_used *u = (void *)(shared + layout.device);
	uint16_t slot = done % q.size;

	if (done == q.put)
		return;
	u->ring[slot].id = q.avail->ring[slot];
	u->ring[slot].len = len;
	u->idx = ++done;
}

static void serve_packed(uint8_t len)
{
	struct uk_virtq_slot *s = (void *)shared, *first = &s[seen], *last;
	bool lap = seen_lap, put = first->flags & 0x80;
	bool back = first->flags & 0x8000;
	unsigned int n = 0;

	if (put != lap || back == lap)
		return;
	do {
		last = &s[seen];
		if (++seen == q.size) {
			seen = 0;
			seen_lap = !seen_lap;
		}
	} while (last->flags & 1 && ++n < q.size);
	first->id = last->id;
	first->len = len;
	first->flags = lap ? 0x8080 : 0;
}

/* What an honest device would do next, so that queues do not break at once:
 * give the oldest buffer back that it has not yet given. */
static void serve(uint8_t len)
{
	if (q.form.packed)
		serve_packed(len);
	else
		serve_split(len);
}

static void step(const uint8_t *p)
{
	switch (p[0] & 7) {
	case 0:
	case 1:
		put(p[1], p[2]);
		break;
	case 2:
		get();
		break;
	case 3:
		serve(p[1]);
		break;
	case 4:
		(void)uk_virtq_tell(&q);
		break;
	case 5:
		(void)uk_virtq_arm(&q);
		break;
	case 6:
		uk_virtq_disarm(&q);
		break;
	default:
		shared[(p[1] | (p[0] >> 3) << 8) % layout.len] = p[2];
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct uk_virtq_form form = { 0 };
	size_t i;

	if (size < 1)
		return 0;
	form.size = (uint16_t)(1u << (data[0] & 7) % 6);
	form.event = data[0] & 8;
	form.packed = data[0] & 16;
	form.pieces = data[0] >> 5 & 3;
	layout = uk_virtq_layout(&form);
	shared = aligned_alloc(16, UK_ALIGN_UP(layout.len, 16));
	own = calloc(form.size, sizeof(*own));
	CHECK(shared && own);
	memset(shared, 0, layout.len);
	memset(buffers, 0, sizeof(buffers));
	done = seen = 0;
	seen_lap = true;
	uk_virtq_init(&q, &form, shared, 0x100000, own);
	for (i = 1; i + 3 <= size; i += 3)
		step(data + i);
	for (i = 0; i < MOST; i++)
		get();
	free(own);
	free(shared);
	return 0;
}
