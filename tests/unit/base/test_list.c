/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/list.h>

#include <cmocka.h>

struct item {
	int n;
	struct uk_link link;
};

static jmp_buf caught;

void uk_list_corrupt(const struct uk_link *at)
{
	(void)at;
	longjmp(caught, 1);
}

static int as_number(struct uk_link *head)
{
	struct item *it;
	int v = 0;

	uk_list_for_each(it, head, link)
		v = 10 * v + it->n;
	return v;
}

static void order(void **state)
{
	struct uk_link head = UK_LIST_HEAD(head);
	struct item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };

	(void)state;
	assert_true(uk_list_empty(&head));
	assert_null(uk_list_pop(&head));
	uk_list_add_tail(&head, &a.link);
	uk_list_add_tail(&head, &b.link);
	uk_list_add(&head, &c.link);
	assert_int_equal(as_number(&head), 312);
	uk_list_del(&a.link);
	assert_int_equal(as_number(&head), 32);
	assert_true(uk_list_empty(&a.link));
	uk_list_del(&a.link);
	assert_int_equal(as_number(&head), 32);
	assert_ptr_equal(uk_list_entry(uk_list_pop(&head), struct item, link),
			 &c);
	uk_list_add(&b.link, &c.link);
	assert_int_equal(as_number(&head), 23);
	uk_list_del(&b.link);
	uk_list_del(&c.link);
	assert_true(uk_list_empty(&head));
	uk_list_init(&head);
	assert_true(uk_list_empty(&head));
}

static void removal_while_walking(void **state)
{
	struct uk_link head = UK_LIST_HEAD(head);
	struct item item[9], *it, *tmp;
	int i;

	(void)state;
	for (i = 0; i < 9; i++) {
		item[i].n = i + 1;
		uk_list_add_tail(&head, &item[i].link);
	}
	uk_list_for_each_safe(it, tmp, &head, link)
		if (it->n % 2) {
			uk_list_del(&it->link);
			it->link.next = it->link.prev = NULL;
		}
	assert_int_equal(as_number(&head), 2468);
}

/* A link that somebody wrote over is not followed. */
static void corruption(void **state)
{
	struct uk_link head = UK_LIST_HEAD(head), stray = UK_LIST_HEAD(stray);
	struct item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };
	volatile int i, died = 0;

	(void)state;
	for (i = 0; i < 5; i++) {
		uk_list_init(&head);
		uk_list_add_tail(&head, &a.link);
		uk_list_add_tail(&head, &b.link);
		if (setjmp(caught)) {
			died++;
			/* Nothing was written through the bad link. */
			assert_ptr_equal(stray.next, &stray);
			assert_ptr_equal(stray.prev, &stray);
			continue;
		}
		switch (i) {
		case 0:
			a.link.next = &stray;
			uk_list_del(&a.link);
			break;
		case 1:
			b.link.prev = &stray;
			uk_list_del(&b.link);
			break;
		case 2:
			head.next = &stray;
			uk_list_add(&head, &c.link);
			break;
		case 3:
			head.prev = &stray;
			uk_list_add_tail(&head, &c.link);
			break;
		case 4:
			b.link.next = &stray;
			uk_list_add(&b.link, &c.link);
			break;
		}
	}
	assert_int_equal(died, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order),
		cmocka_unit_test(removal_while_walking),
		cmocka_unit_test(corruption),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
