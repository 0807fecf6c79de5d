/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory in pieces, and the ring behind pipes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/iter.h>
#include <uk/ring.h>
#include <uk/str.h>

struct uk_alloc;

void *uk_malloc(struct uk_alloc *a, size_t size);
void uk_free(struct uk_alloc *a, void *p);

void *uk_malloc(struct uk_alloc *a, size_t size)
{
	assert_null(a);
	return malloc(size);
}

void uk_free(struct uk_alloc *a, void *p)
{
	assert_null(a);
	free(p);
}

static void lengths(void **state)
{
	struct uk_iovec v[2] = { { NULL, PTRDIFF_MAX }, { NULL, 1 } };
	struct uk_iter it;

	(void)state;
	assert_int_equal(uk_iter_init(&it, v, -1), -EINVAL);
	assert_int_equal(uk_iter_init(&it, v, UK_IOVEC_MAX + 1), -EINVAL);
	assert_int_equal(uk_iter_init(&it, v, 2), -EINVAL);
	v[1].len = SIZE_MAX;
	assert_int_equal(uk_iter_init(&it, v, 2), -EINVAL);
	assert_int_equal(uk_iter_init(&it, v, 1), 0);
	assert_int_equal(it.left, 0x7ffff000);
	assert_int_equal(uk_iter_init(&it, v, 0), 0);
	assert_int_equal(it.left, 0);
	assert_int_equal(uk_iter_put(&it, "x", 1), 0);
}

static void pieces(void **state)
{
	char a[2], b[3], c[9] = "xxxxxxxx";
	const struct uk_iovec v[] = { { NULL, 0 }, { a, 2 }, { NULL, 0 },
				      { b, 3 }, { c, 1 }, { NULL, 0 } };
	struct uk_iter it;
	size_t len;

	(void)state;
	assert_int_equal(uk_iter_init(&it, v, 6), 0);
	assert_ptr_equal(uk_iter_next(&it, &len), a);
	assert_int_equal(len, 2);
	assert_int_equal(uk_iter_put(&it, "1", 1), 1);
	assert_ptr_equal(uk_iter_next(&it, &len), a + 1);
	assert_int_equal(len, 1);
	assert_int_equal(uk_iter_put(&it, "23456789", 8), 5);
	assert_int_equal(it.left, 0);
	assert_null(uk_iter_next(&it, &len));
	assert_memory_equal(a, "12", 2);
	assert_memory_equal(b, "345", 3);
	assert_string_equal(c, "6xxxxxxx");

	assert_int_equal(uk_iter_init(&it, v, 6), 0);
	uk_iter_skip(&it, 3);
	assert_int_equal(uk_iter_get(&it, c + 1, 8), 3);
	assert_memory_equal(c + 1, "456", 3);
	assert_int_equal(uk_iter_init(&it, v, 6), 0);
	uk_iter_skip(&it, 1);
	assert_int_equal(uk_iter_zero(&it, 3), 3);
	assert_memory_equal(a, "1", 2);
	assert_memory_equal(b, "\0\0005", 3);
	uk_iter_skip(&it, 100);
	assert_int_equal(it.left, 0);
}

/* All lengths against all places in the ring. */
static void ring(void **state)
{
	unsigned char in[8], out[8], next = 0, want = 0;
	struct uk_ring r;

	(void)state;
	assert_int_equal(uk_ring_init(&r, 8), 0);
	for (unsigned int i = 0; i < 2000; i++) {
		const struct uk_iovec put = { in, i % 9 }, get = { out, i % 7 };
		size_t room = uk_ring_room(&r), used, n;
		struct uk_iter it;

		for (size_t k = 0; k < 8; k++)
			in[k] = (unsigned char)(next + k);
		uk_iter_init(&it, &put, 1);
		n = uk_ring_put(&r, &it);
		assert_int_equal(n, put.len < room ? put.len : room);
		next = (unsigned char)(next + n);
		used = uk_ring_used(&r);
		uk_iter_init(&it, &get, 1);
		n = uk_ring_get(&r, &it);
		assert_int_equal(n, get.len < used ? get.len : used);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(out[k], want++);
	}
	uk_ring_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths),
		cmocka_unit_test(pieces),
		cmocka_unit_test(ring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
