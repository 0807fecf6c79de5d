/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The driver's side of a split ring against a model of a device: one that does
 * as the specification says, and ones that lie, each in one way.
 */
#include "ring.h"

/* ---- the device ---- */

static uint16_t seen, done;	/* of avail; given back */

static struct uk_virtq_used *used(void)
{
	return (void *)(shared + layout.device);
}

static void give_back(uint32_t id, uint32_t len)
{
	used()->ring[done % SIZE].id = id;
	used()->ring[done % SIZE].len = len;
	used()->idx = ++done;
}

static uint16_t *event(void)
{
	return (void *)&used()->ring[SIZE];
}

/* The next buffer that was handed over: its first descriptor. */
static uint16_t next_head(void)
{
	assert_int_not_equal(seen, q.avail->idx);
	return q.avail->ring[seen++ % SIZE];
}

static void start(bool with_event, uint16_t pieces)
{
	ring_start(false, with_event, pieces);
	seen = done = 0;
}

static int setup(void **state)
{
	(void)state;
	start(true, 0);
	return 0;
}

/* ---- as it should be ---- */

static void test_layout(void **state)
{
	(void)state;
	assert_int_equal(layout.driver, 128);
	assert_int_equal(layout.device, 152);	/* 150, aligned */
	assert_int_equal(layout.len, 152 + 70);
	assert_int_equal((uintptr_t)q.avail, (uintptr_t)shared + 128);
	start(true, 3);
	assert_int_equal(layout.tables, 224);	/* 222, aligned */
	assert_int_equal(layout.len, 224 + 8 * 3 * 16);
}

static void test_chain(void **state)
{
	uint32_t len = 77;
	uint16_t d;

	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 2, cookies), 0);
	assert_int_equal(q.n_free, SIZE - 3);
	d = next_head();
	assert_int_equal(q.desc[d].pa, 0x1000);
	assert_int_equal(q.desc[d].flags, 1);
	d = q.desc[d].next;
	assert_int_equal(q.desc[d].pa, 0x2000);
	assert_int_equal(q.desc[d].len, 100);
	assert_int_equal(q.desc[d].flags, 3);
	d = q.desc[d].next;
	assert_int_equal(q.desc[d].pa, 0x3000);
	assert_int_equal(q.desc[d].flags, 2);
	assert_null(uk_virtq_get(&q, &len));
	give_back(q.avail->ring[0], 150);
	assert_ptr_equal(uk_virtq_get(&q, &len), cookies);
	assert_int_equal(len, 150);
	assert_int_equal(q.n_free, SIZE);
	assert_null(uk_virtq_get(&q, &len));
	assert_null(q.lie);
}

/* A buffer of several pieces takes one descriptor; one that is too large for a
 * table is a chain. */
static void test_table(void **state)
{
	const struct uk_virtq_desc *t;
	const struct uk_virtq_seg four[4] = { { 1, 1 }, { 2, 2 }, { 3, 3 },
					      { 4, 4 } };
	uint32_t len;
	uint16_t d;
	int i;

	(void)state;
	start(true, 3);
	for (i = 0; i < SIZE; i++)
		assert_int_equal(uk_virtq_put(&q, segs, 1, 2, &cookies[i]), 0);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), -ENOSPC);
	for (i = 0; i < SIZE; i++) {
		d = next_head();
		assert_int_equal(q.desc[d].flags, 4);
		assert_int_equal(q.desc[d].len, 48);
		assert_in_range(q.desc[d].pa, PA + layout.tables,
				PA + layout.len - 48);
		t = (void *)(shared + q.desc[d].pa - PA);
		assert_int_equal(t[0].pa, 0x1000);
		assert_int_equal(t[0].flags, 1);
		assert_int_equal(t[t[0].next].len, 100);
		assert_int_equal(t[t[0].next].flags, 3);
		assert_int_equal(t[2].pa, 0x3000);
		assert_int_equal(t[2].flags, 2);
		give_back(d, 150);
		assert_ptr_equal(uk_virtq_get(&q, &len), &cookies[i]);
		assert_int_equal(len, 150);
	}
	assert_int_equal(q.n_free, SIZE);
	assert_int_equal(uk_virtq_put(&q, four, 4, 0, cookies), 0);
	assert_int_equal(q.n_free, SIZE - 4);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_int_equal(q.desc[next_head()].flags, 1);
	assert_int_equal(q.desc[next_head()].flags, 0);
}

static void test_full(void **state)
{
	uint32_t len;
	int i;

	(void)state;
	for (i = 0; i < SIZE; i++)
		assert_int_equal(uk_virtq_put(&q, segs, 0, 1, &cookies[i]), 0);
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), -ENOSPC);
	give_back(next_head(), 1);
	assert_ptr_equal(uk_virtq_get(&q, &len), cookies);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 1, cookies), -ENOSPC);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
}

/* Out of order, past the end of the indexes; every cookie once. */
static void test_many(void **state)
{
	uint16_t heads[4];
	uint32_t len;
	int round, i, sum;

	(void)state;
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < 4; i++) {
			assert_int_equal(uk_virtq_put(&q, segs, 1, 1,
						      &cookies[i]), 0);
			heads[i] = next_head();
		}
		for (i = 3, sum = 0; i >= 0; i--)
			give_back(heads[(i + round) % 4], (uint32_t)i);
		for (i = 3; i >= 0; i--) {
			int *c = uk_virtq_get(&q, &len);

			assert_non_null(c);
			assert_int_equal(len, i);
			sum += 1 << (c - cookies);
		}
		assert_int_equal(sum, 15);
		assert_int_equal(q.n_free, SIZE);
	}
	assert_null(q.lie);
}

static void test_tell_events(void **state)
{
	(void)state;
	assert_false(uk_virtq_tell(&q));
	*event() = 0;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_true(uk_virtq_tell(&q));
	assert_false(uk_virtq_tell(&q));
	/* It wants to hear when the third comes (index 2 is passed). */
	*event() = 2;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_false(uk_virtq_tell(&q));
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_true(uk_virtq_tell(&q));
}

static void test_tell_flags(void **state)
{
	(void)state;
	start(false, 0);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_true(uk_virtq_tell(&q));
	used()->flags = 1;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), 0);
	assert_false(uk_virtq_tell(&q));
}

/* Would a device raise an interrupt for what it just gave back? */
static bool interrupts(uint16_t from)
{
	uint16_t want = q.avail->ring[SIZE];

	return (uint16_t)(done - want - 1) < (uint16_t)(done - from);
}

static void test_arm_events(void **state)
{
	uint32_t len;
	uint16_t from;
	int i;

	(void)state;
	for (i = 0; i < 6; i++)
		assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	from = done;
	give_back(next_head(), 0);
	assert_false(interrupts(from));
	assert_true(uk_virtq_arm(&q));
	assert_non_null(uk_virtq_get(&q, &len));
	assert_false(uk_virtq_arm(&q));
	from = done;
	give_back(next_head(), 0);
	assert_true(interrupts(from));
	uk_virtq_disarm(&q);
	from = done;
	give_back(next_head(), 0);
	give_back(next_head(), 0);
	assert_false(interrupts(from));
}

static void test_arm_flags(void **state)
{
	(void)state;
	start(false, 0);
	assert_int_equal(q.avail->flags, 1);
	assert_false(uk_virtq_arm(&q));
	assert_int_equal(q.avail->flags, 0);
	uk_virtq_disarm(&q);
	assert_int_equal(q.avail->flags, 1);
}

/* ---- devices that lie ---- */

/* Nothing comes out any more, nothing goes in, and it is armed no more. */
static void assert_broken(void)
{
	uint32_t len;

	assert_null(uk_virtq_get(&q, &len));
	assert_non_null(q.lie);
	assert_int_equal(uk_virtq_put(&q, segs, 1, 0, cookies), -EIO);
	assert_false(uk_virtq_tell(&q));
	assert_true(uk_virtq_arm(&q));
}

static void test_lie_index(void **state)
{
	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	used()->idx = 2;
	assert_broken();
}

static void test_lie_index_back(void **state)
{
	uint32_t len;

	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	give_back(next_head(), 0);
	assert_non_null(uk_virtq_get(&q, &len));
	used()->idx = 0;
	assert_broken();
}

static void test_lie_id_range(void **state)
{
	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	give_back(SIZE, 0);
	assert_broken();
}

static void test_lie_id_not_given(void **state)
{
	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	give_back((uint32_t)next_head() + 1, 0);
	assert_broken();
}

/* The second descriptor of a buffer is none of its own. */
static void test_lie_id_middle(void **state)
{
	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 1, cookies), 0);
	give_back(q.desc[next_head()].next, 0);
	assert_broken();
}

static void test_lie_twice(void **state)
{
	uint32_t len;
	uint16_t head;

	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies + 1), 0);
	head = next_head();
	give_back(head, 0);
	assert_ptr_equal(uk_virtq_get(&q, &len), cookies);
	give_back(head, 0);
	assert_broken();
}

static void test_lie_length(void **state)
{
	(void)state;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 2, cookies), 0);
	give_back(next_head(), 151);
	assert_broken();
}

/* What it writes into descriptors and the ring of those handed over is not
 * read back. */
static void test_lie_elsewhere(void **state)
{
	uint32_t len;
	int i;

	(void)state;
	for (i = 0; i < 2; i++)
		assert_int_equal(uk_virtq_put(&q, segs, 1, 1, &cookies[i]), 0);
	give_back(q.avail->ring[1], 3);
	give_back(q.avail->ring[0], 4);
	memset(shared, 0xff, layout.device);
	assert_ptr_equal(uk_virtq_get(&q, &len), &cookies[1]);
	assert_ptr_equal(uk_virtq_get(&q, &len), &cookies[0]);
	assert_int_equal(q.n_free, SIZE);
	for (i = 0; i < SIZE; i++)
		assert_int_equal(uk_virtq_put(&q, segs, 0, 1, cookies), 0);
	assert_null(q.lie);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_layout), TEST(test_chain), TEST(test_table),
		TEST(test_full),
		TEST(test_many), TEST(test_tell_events),
		TEST(test_tell_flags), TEST(test_arm_events),
		TEST(test_arm_flags), TEST(test_lie_index),
		TEST(test_lie_index_back), TEST(test_lie_id_range),
		TEST(test_lie_id_not_given), TEST(test_lie_id_middle),
		TEST(test_lie_twice), TEST(test_lie_length),
		TEST(test_lie_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
