/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>

#include "state.h"

void ring_add(struct page **head, struct page *pg)
{
	struct page *h = *head;

	if (h) {
		pg->next = h;
		pg->prev = h->prev;
		h->prev->next = pg;
		h->prev = pg;
	} else {
		pg->next = pg;
		pg->prev = pg;
	}
	*head = pg;
}

void ring_del(struct page **head, struct page *pg)
{
	if (unlikely(pg->next->prev != pg || pg->prev->next != pg))
		uk_crash(UK_DEATH_HEAP, "bbuddy: the records are damaged");
	if (pg->next == pg) {
		*head = NULL;
		return;
	}
	pg->next->prev = pg->prev;
	pg->prev->next = pg->next;
	if (*head == pg)
		*head = pg->next;
}
