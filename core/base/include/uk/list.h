/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A doubly linked ring inside the objects that it links. The head is a link
 * too; an empty list is a head that points to itself. No locking: who owns the
 * list says how. Before a link changes, both neighbours must point back to it:
 * a list that somebody wrote over ends in uk_list_corrupt(), not in a write to
 * an address of the attacker's choice (mitigation links).
 *
 *	struct job { int id; struct uk_link link; };
 *	struct uk_link jobs = UK_LIST_HEAD(jobs);
 *	uk_list_add_tail(&jobs, &j->link);
 *	uk_list_for_each(j, &jobs, link) ...
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uk/essentials.h>
#include <uk/links.h>

struct uk_link {
	struct uk_link *next, *prev;
};

#define UK_LIST_HEAD(name) { &(name), &(name) }

static inline void uk_list_init(struct uk_link *head)
{
	head->next = head->prev = head;
}

static inline bool uk_list_empty(const struct uk_link *head)
{
	return head->next == head;
}

/* What is about to change: the two must point to each other. */
static inline __attribute__((always_inline)) void
uk_list_check(const struct uk_link *prev, const struct uk_link *next)
{
	if (UK_LINKS_CHECKED &&
	    unlikely(prev->next != next || next->prev != prev))
		uk_list_corrupt(prev);
}

static inline void uk_list_insert(struct uk_link *prev, struct uk_link *next,
				  struct uk_link *l)
{
	uk_list_check(prev, next);
	l->next = next;
	l->prev = prev;
	next->prev = prev->next = l;
}

/* l, which is in no list, goes behind `at`, which is in one (or its head). */
static inline void uk_list_add(struct uk_link *at, struct uk_link *l)
{
	uk_list_insert(at, at->next, l);
}

/* l becomes the last of the list. */
static inline void uk_list_add_tail(struct uk_link *head, struct uk_link *l)
{
	uk_list_insert(head->prev, head, l);
}

/* Take l out. Its own links then point to itself: a second removal changes
 * nothing, and uk_list_empty(l) tells that it is in no list. */
static inline void uk_list_del(struct uk_link *l)
{
	struct uk_link *next = l->next, *prev = l->prev;

	uk_list_check(prev, l);
	uk_list_check(l, next);
	next->prev = prev;
	prev->next = next;
	uk_list_init(l);
}

/* The first link, taken out; NULL if there is none. */
static inline struct uk_link *uk_list_pop(struct uk_link *head)
{
	struct uk_link *l = head->next;

	if (l == head)
		return NULL;
	uk_list_del(l);
	return l;
}

#define uk_list_entry(l, type, member) uk_container_of(l, type, member)

/* The list must not change, or only behind `it`. */
#define uk_list_for_each(it, head, member)				\
	for (it = uk_list_entry((head)->next, __typeof__(*it), member);	\
	     &it->member != (head);					\
	     it = uk_list_entry(it->member.next, __typeof__(*it), member))

/* `it` itself may be taken out (and freed). tmp: a variable of it's type. */
#define uk_list_for_each_safe(it, tmp, head, member)			\
	for (it = uk_list_entry((head)->next, __typeof__(*it), member),	\
	     tmp = uk_list_entry(it->member.next, __typeof__(*it), member); \
	     &it->member != (head);					\
	     it = tmp,							\
	     tmp = uk_list_entry(tmp->member.next, __typeof__(*it), member))
