/* SPDX-License-Identifier: BSD-3-Clause */
/* Network cards: what is agreed on, frames in several buffers, what the card
 * is told to do; and cards that lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/alloc.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/time.h>
#include <uk/vm.h>
#include "card.h"

#undef uk_calloc
#undef uk_malloc

/* ---- below it ---- */

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	(void)what;
	(void)fmt;
	abort();
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}

uint64_t uk_time_ns(void)
{
	return 0;
}

void *uk_malloc(struct uk_alloc *a, size_t size)
{
	(void)a;
	return malloc(size);
}

void *uk_calloc(struct uk_alloc *a, size_t n, size_t size)
{
	(void)a;
	return calloc(n, size);
}

void uk_free(struct uk_alloc *a, void *p)
{
	(void)a;
	free(p);
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	(void)name;
	(void)rights;
	(void)flags;
	return calloc(1, len);
}

int uk_vm_free(void *va)
{
	free(va);
	return 0;
}

/* Addresses are what they are: the device is here. */
uint64_t uk_vm_phys(const void *va)
{
	return (uintptr_t)va;
}

static struct card *card;
static unsigned int rx_most;

unsigned int uk_netdev_rx_most(void)
{
	return rx_most;
}

int uk_netdev_register(struct uk_netdev *dev)
{
	card = card_of(dev);
	return 0;
}

void uk_netdev_event(struct uk_netdev *net)
{
	net->event = true;
}

/* ---- the device ---- */

#define ALL (F_CSUM | F_GUEST_CSUM | F_MTU | F_MAC | F_GUEST_TSO4 | \
	     F_GUEST_TSO6 | F_HOST_TSO4 | F_HOST_TSO6 | F_MRG_RXBUF | \
	     UK_VIRTIO_F_INDIRECT_DESC | UK_VIRTIO_F_VERSION_1)

static uint64_t offered = ALL, agreed;
static uint8_t now;
static uint16_t seen[2], done[2];

static uint8_t status(struct uk_virtio_dev *dev)
{
	(void)dev;
	return now;
}

static void set_status(struct uk_virtio_dev *dev, uint8_t v)
{
	(void)dev;
	now = v;
}

static uint64_t features(struct uk_virtio_dev *dev)
{
	(void)dev;
	return offered;
}

static void set_features(struct uk_virtio_dev *dev, uint64_t v)
{
	(void)dev;
	agreed = v;
}

static uint32_t config(struct uk_virtio_dev *dev, unsigned int offset,
		       unsigned int width)
{
	(void)dev;
	return width == 2 ? 1500 : offset == 0 ? 2 : offset;
}

static uint32_t generation(struct uk_virtio_dev *dev)
{
	(void)dev;
	return 0;
}

static uint16_t queue_max(struct uk_virtio_dev *dev, unsigned int i)
{
	(void)dev;
	return i < 2 ? 64 : 0;
}

static int queue_start(struct uk_virtio_dev *dev, unsigned int i, uint16_t size,
		       const uint64_t pa[3], ukplat_irq_fn fn, void *arg)
{
	(void)dev;
	(void)size;
	(void)pa;
	(void)fn;
	(void)arg;
	seen[i] = done[i] = 0;
	return 0;
}

static void notify(struct uk_virtio_dev *dev, unsigned int i)
{
	(void)dev;
	(void)i;
}

static const struct uk_virtio_transport way = {
	status, set_status, features, set_features, config, generation,
	queue_max, queue_start, notify,
};
static struct uk_virtio_dev dev;

/* The next buffer of a queue, and back with it. */
static struct uk_virtq_desc *next(unsigned int i, uint16_t *id)
{
	struct uk_virtq *q = i ? &card->tx : &card->rx;

	assert_int_not_equal(seen[i], q->avail->idx);
	*id = q->avail->ring[seen[i]++ % q->size];
	return &q->desc[*id];
}

static void back(unsigned int i, uint16_t id, uint32_t len)
{
	struct uk_virtq *q = i ? &card->tx : &card->rx;
	struct uk_virtq_used *u = (void *)(uintptr_t)q->used;

	u->ring[done[i] % q->size].id = id;
	u->ring[done[i] % q->size].len = len;
	u->idx = ++done[i];
}

/* A frame comes in `has` buffers, the header says in `said`. */
static void comes(uint16_t said, unsigned int has, const uint32_t *len,
		  uint8_t flags)
{
	struct uk_virtq_desc *d;
	struct header *h;
	unsigned int k;
	uint16_t id;

	for (k = 0; k < has; k++) {
		d = next(RX, &id);
		assert_true(d->len >= len[k]);
		memset((void *)(uintptr_t)d->pa, (int)('a' + k), len[k]);
		h = (void *)(uintptr_t)d->pa;
		if (k == 0)
			*h = (struct header){ .flags = flags, .buffers = said };
		back(RX, id, len[k]);
	}
}

static const struct uk_virtio_driver *driver;
static unsigned int free_before;

static struct uk_netbuf *got;

static unsigned int take(void)
{
	return card->net.ops->rx(&card->net, &got, 1);
}

static int setup(void **state)
{
	(void)state;
	dev = (struct uk_virtio_dev){ .way = &way };
	free_before = uk_netbuf_free_count();
	rx_most = 48;
	return uk_virtio_found(&dev, driver) || take();
}

/* Buffers of a card that is gone stay with it; here they come back. */
static int teardown(void **state)
{
	uint16_t id;

	(void)state;
	if (card->first)
		uk_netbuf_free(card->first);
	while (seen[RX] != card->rx.avail->idx) {
		(void)next(RX, &id);
		uk_netbuf_free(card->rx.own[id].cookie);
	}
	assert_int_equal(uk_netbuf_free_count(), free_before);
	free(card->rx.own);
	free(card->tx.own);
	free(card->rx.desc);
	free(card->tx.desc);
	free(card);
	offered = ALL;
	return 0;
}

/* ---- tests ---- */

static void test_agreed(void **state)
{
	(void)state;
	assert_int_equal(agreed, ALL);
	assert_int_equal(card->net.can,
			 UK_NETDEV_SUM | UK_NETDEV_TSO4 | UK_NETDEV_TSO6);
	assert_int_equal(card->net.pieces, TX_PIECES);
}

static int setup_no_csum(void **state)
{
	offered &= ~(F_CSUM | F_MRG_RXBUF);
	return setup(state);
}

static void test_agreed_trimmed(void **state)
{
	(void)state;
	assert_int_equal(agreed, F_GUEST_CSUM | F_MTU | F_MAC |
				 UK_VIRTIO_F_INDIRECT_DESC |
				 UK_VIRTIO_F_VERSION_1);
	assert_int_equal(card->net.can, 0);
	assert_int_equal(card->rx_most, 1514);
	/* Of the header only the flags count then. */
	comes(77, 1, (uint32_t[]){ 72 }, DATA_VALID);
	assert_int_equal(take(), 1);
	assert_int_equal(got->checked, 1);
	uk_netbuf_free(got);
}

static void test_one(void **state)
{
	(void)state;
	comes(1, 1, (uint32_t[]){ 72 }, 0);
	assert_int_equal(take(), 1);
	assert_int_equal(got->len, 60);
	assert_int_equal(got->checked, 0);
	assert_null(got->next);
	uk_netbuf_free(got);
	assert_int_equal(take(), 0);
	comes(1, 1, (uint32_t[]){ 72 }, NEEDS_CSUM);
	assert_int_equal(take(), 1);
	assert_int_equal(got->checked, 1);
	uk_netbuf_free(got);
}

static void test_several(void **state)
{
	struct uk_netbuf *second;

	(void)state;
	comes(3, 2, (uint32_t[]){ 2026, 2026 }, DATA_VALID);
	assert_int_equal(take(), 0);
	comes(0, 1, (uint32_t[]){ 100 }, 0);
	/* That was the third, whose first bytes are no header. */
	assert_int_equal(take(), 1);
	assert_int_equal(got->len, 2014);
	second = got->next;
	assert_int_equal(second->len, 2026);
	assert_int_equal(uk_netbuf_data(second)[0], 'b');
	assert_int_equal(second->next->len, 100);
	assert_null(second->next->next);
	assert_int_equal(card->net.stats.rx_bytes, 2014 + 2026 + 100);
	uk_netbuf_free(got);
}

/* A card has what it may have, once it is asked for frames, and not before. */
static void test_part(void **state)
{
	unsigned int i;

	(void)state;
	assert_int_equal(free_before - uk_netbuf_free_count(), 48);
	/* Another card has come. */
	rx_most = 46;
	for (i = 0; i < 3; i++) {
		comes(1, 1, (uint32_t[]){ 72 }, 0);
		assert_int_equal(take(), 1);
		uk_netbuf_free(got);
		assert_int_equal(free_before - uk_netbuf_free_count(),
				 i == 0 ? 47 : 46);
	}
}

static void test_bad_length(void **state)
{
	(void)state;
	comes(1, 1, (uint32_t[]){ 5 }, 0);
	comes(1, 1, (uint32_t[]){ 12 + 13 }, 0);
	comes(2, 2, (uint32_t[]){ 100, 0 }, 0);
	comes(1, 1, (uint32_t[]){ 12 + 14 }, 0);
	assert_int_equal(take(), 1);
	assert_int_equal(got->len, 14);
	assert_int_equal(card->net.stats.rx_bad, 3);
	uk_netbuf_free(got);
}

static void test_too_long(void **state)
{
	uint32_t len[33];
	unsigned int k;

	(void)state;
	for (k = 0; k < 33; k++)
		len[k] = 2026;
	comes(33, 33, len, 0);
	assert_int_equal(take(), 0);
	assert_int_equal(card->net.stats.rx_bad, 1);
	assert_false(card->net.stopped);
}

static void test_lie_none(void **state)
{
	(void)state;
	comes(0, 1, (uint32_t[]){ 100 }, 0);
	assert_int_equal(take(), 0);
	assert_true(card->net.stopped);
}

static void test_lie_many(void **state)
{
	(void)state;
	comes(34, 1, (uint32_t[]){ 100 }, 0);
	assert_int_equal(take(), 0);
	assert_true(card->net.stopped);
	assert_int_equal(take(), 0);
}

static struct uk_netbuf *frame(unsigned int pieces)
{
	struct uk_netbuf *b, *all = NULL;

	while (pieces-- > 0) {
		b = uk_netbuf_alloc();
		if (!b)
			return NULL;
		b->len = 100;
		b->next = all;
		all = b;
	}
	return all;
}

static void test_send(void **state)
{
	struct uk_netbuf *b = frame(1);
	struct uk_virtq_desc *d;
	struct header *h;
	uint16_t id;

	(void)state;
	b->sum_from = 34;
	b->sum_at = 16;
	assert_int_equal(card->net.ops->tx(&card->net, b), 0);
	d = next(TX, &id);
	h = (void *)(uintptr_t)d->pa;
	assert_int_equal(d->len, 112);
	assert_int_equal(h->flags, NEEDS_CSUM);
	assert_int_equal(h->kind, KIND_NONE);
	assert_int_equal(h->sum_from, 34);
	assert_int_equal(h->sum_at, 16);
	back(TX, id, 0);

	b = frame(3);
	b->sum_from = 54;
	b->sum_at = 16;
	b->segment = 46;
	b->head = 74;
	uk_netbuf_data(b)[12] = 0x86;
	assert_int_equal(card->net.ops->tx(&card->net, b), 0);
	d = next(TX, &id);
	assert_int_equal(d->flags, 4);
	assert_int_equal(d->len, 3 * 16);
	d = (void *)(uintptr_t)d->pa;
	h = (void *)(uintptr_t)d->pa;
	assert_int_equal(d[0].len, 112);
	assert_int_equal(d[2].len, 100);
	assert_int_equal(h->kind, KIND_TCP6);
	assert_int_equal(h->segment, 46);
	assert_int_equal(h->head, 74);
	back(TX, id, 0);
	card_reap(card);

	b = frame(TX_PIECES + 1);
	assert_int_equal(card->net.ops->tx(&card->net, b), -EINVAL);
	uk_netbuf_free(b);
}

/* Every buffer is with the stack or with frames that went out: the card gets
 * those to receive into, although nobody sends any more. */
static void test_none_left(void **state)
{
	struct uk_netbuf *b, *held = NULL;
	unsigned int n = 0;
	uint16_t id;

	(void)state;
	for (; (b = frame(1)) != NULL; n++)
		assert_int_equal(card->net.ops->tx(&card->net, b), 0);
	assert_true(n > 0);
	while (card->rx.n_free < card->rx.size) {
		comes(1, 1, (uint32_t[]){ 72 }, 0);
		assert_int_equal(take(), 1);
		got->next = held;
		held = got;
	}
	assert_int_equal(uk_netbuf_free_count(), 0);
	while (n-- > 0) {
		(void)next(TX, &id);
		back(TX, id, 0);
	}
	/* Worth waking up for. */
	assert_true(card->net.ops->arm(&card->net));
	assert_int_equal(take(), 0);
	assert_true(card->rx.n_free < card->rx.size);
	uk_netbuf_free(held);
}

#define TEST(f, s) cmocka_unit_test_setup_teardown(f, s, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_agreed, setup),
		TEST(test_agreed_trimmed, setup_no_csum),
		TEST(test_one, setup), TEST(test_several, setup),
		TEST(test_part, setup),
		TEST(test_bad_length, setup), TEST(test_too_long, setup),
		TEST(test_lie_none, setup), TEST(test_lie_many, setup),
		TEST(test_send, setup), TEST(test_none_left, setup),
	};
	const struct uk_init_entry *e;

	/* buffer.c's and card.c's. */
	for (e = uk_inittab_start; e < uk_inittab_end; e++)
		if (e->fn() != 0)
			return 1;
	driver = uk_virtio_driver(UK_VIRTIO_ID_NET);
	if (!driver)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
