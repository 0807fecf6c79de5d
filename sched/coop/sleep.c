/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A pairing heap through the threads themselves: adding is O(1), taking one
 * out O(log n) amortised. A thread's `kid` is the first of those that come
 * after it, `next` its sibling, `prev` its elder sibling or, for a first kid,
 * its parent; the root is its own `prev`, and one not in the heap has none.
 */
#include "sleep.h"

static struct uk_thread *root;
static uint64_t last_seq;

static bool before(const struct uk_thread *a, const struct uk_thread *b)
{
	return a->deadline < b->deadline ||
	       (a->deadline == b->deadline && a->seq < b->seq);
}

/* Two heaps become one; their roots have no siblings, either may be NULL. */
static struct uk_thread *meld(struct uk_thread *a, struct uk_thread *b)
{
	struct uk_thread *top, *low;

	if (!a || !b)
		return a ? a : b;
	top = before(a, b) ? a : b;
	low = top == a ? b : a;
	low->next = top->kid;
	if (low->next)
		low->next->prev = low;
	low->prev = top;
	top->kid = low;
	return top;
}

/* A row of siblings becomes one heap: by pairs first, then from the back. */
static struct uk_thread *meld_row(struct uk_thread *t)
{
	struct uk_thread *pairs = NULL, *whole = NULL, *a, *b;

	while (t) {
		a = t;
		b = a->next;
		t = b ? b->next : NULL;
		a->next = NULL;
		if (b)
			b->next = NULL;
		a = meld(a, b);
		a->next = pairs;
		pairs = a;
	}
	while (pairs) {
		a = pairs;
		pairs = a->next;
		a->next = NULL;
		whole = meld(whole, a);
	}
	return whole;
}

static void set_root(struct uk_thread *t)
{
	root = t;
	if (t)
		t->prev = t;
}

void sleep_add(struct uk_thread *t, uint64_t deadline)
{
	t->deadline = deadline;
	t->seq = ++last_seq;
	t->kid = t->next = NULL;
	set_root(meld(root, t));
}

void sleep_remove(struct uk_thread *t)
{
	struct uk_thread *kids;

	if (!t->prev)
		return;
	kids = meld_row(t->kid);
	if (t == root) {
		set_root(kids);
	} else {
		if (t->prev->kid == t)
			t->prev->kid = t->next;
		else
			t->prev->next = t->next;
		if (t->next)
			t->next->prev = t->prev;
		set_root(meld(root, kids));
	}
	t->kid = t->next = t->prev = NULL;
}

struct uk_thread *sleep_first(void)
{
	return root;
}
