/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An overflow has reached the link of an object in a list: what the program
 * does with the list then writes where the attacker wants. And a program that
 * loses count of who holds an object frees it under somebody. The act is the
 * first argument.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/list.h>
#include <uk/refcount.h>

struct job {
	char name[16];
	struct uk_link link;
};

static struct uk_link jobs = UK_LIST_HEAD(jobs);
static struct job own, other, last;

/* A table of what to call, and what the attacker wants to be there. */
static struct uk_link handler, fake;

/* The flaw: as much as there is, whatever fits. */
static __attribute__((noinline)) void receive(struct job *j, uintptr_t next,
					      uintptr_t prev)
{
	uintptr_t packet[sizeof(*j) / sizeof(uintptr_t)] = { 0x41, 0x41 };
	volatile char *to = (char *)j;

	packet[2] = next;
	packet[3] = prev;
	for (size_t i = 0; i < sizeof(packet); i++)
		to[i] = ((volatile char *)packet)[i];
}

/* Unlinking: next->prev = prev. The handler becomes the attacker's. */
static int unlink_overwritten(void)
{
	receive(&own, (uintptr_t)&handler, (uintptr_t)&fake);
	uk_list_del(&own.link);
	return handler.prev == &fake;
}

static int pop_overwritten(void)
{
	receive(&own, (uintptr_t)&handler, (uintptr_t)&fake);
	return uk_list_pop(&jobs) && handler.prev == &fake;
}

/* Linking in: the address of what is new goes to where `next` says. */
static int link_behind_overwritten(void)
{
	receive(&own, (uintptr_t)&handler, (uintptr_t)&jobs);
	uk_list_add(&own.link, &last.link);
	return handler.prev == &last.link;
}

/* An object, freed when nobody holds it, and then somebody else's. */
static struct object {
	struct uk_refcount refs;
	int is_admin;
} object;

static void release(struct object *o)
{
	if (uk_refcount_release(&o->refs))
		o->is_admin = 1;	/* the next owner of the memory */
}

/* Each request that fails takes a reference and keeps it. Most have failed
 * already: to count them all takes a minute. */
static int overflow_refcount(void)
{
	uk_refcount_init(&object.refs, UK_LINKS_CHECKED ?
			 UK_REFCOUNT_MAX - 64 : 0u - 64);
	for (int i = 0; i < 65; i++)
		uk_refcount_acquire(&object.refs);
	release(&object);
	return object.is_admin;
}

/* A table finds an object that was freed in the meantime. */
static int take_from_freed(void)
{
	uk_refcount_init(&object.refs, 1);
	release(&object);
	uk_refcount_acquire(&object.refs);
	return object.is_admin;
}

/* Two hold it, one gives back twice, and the other what is not there. */
static int give_back_twice(void)
{
	uk_refcount_init(&object.refs, 2);
	release(&object);
	release(&object);
	if (!object.is_admin)
		return 0;
	release(&object);
	return uk_refcount_read(&object.refs) != 0;
}

static const struct {
	const char *name;
	int (*act)(void);
} acts[] = {
	{ "unlink-overwritten", unlink_overwritten },
	{ "link-behind-overwritten", link_behind_overwritten },
	{ "pop-overwritten", pop_overwritten },
	{ "overflow-refcount", overflow_refcount },
	{ "take-from-freed", take_from_freed },
	{ "give-back-twice", give_back_twice },
};

int main(int argc, char **argv)
{
	uk_list_add_tail(&jobs, &own.link);
	uk_list_add_tail(&jobs, &other.link);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (argc < 2 || strcmp(argv[1], acts[i].name))
			continue;
		if (!acts[i].act())
			return 3;
		printf("SURVIVED: %s\n", argv[1]);
		return 0;
	}
	return 2;
}
