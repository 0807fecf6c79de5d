/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/list.h>
#include <uk/refcount.h>
#include <uk/selftest.h>

/* A list of two, and a link that is in none. */
static struct uk_link head, in, out;

static void add(void *arg)
{
	uk_list_add(arg, &out);
}

static void del(void *arg)
{
	uk_list_del(arg);
}

static void take(void *arg)
{
	uk_refcount_acquire(arg);
}

static void give(void *arg)
{
	uk_refcount_release(arg);
}

/* Does it die, or live, as it should? */
static bool ends(struct uk_selftest_result *r, void (*how)(void *), void *arg,
		 enum uk_death want)
{
	struct uk_catch_info info;

	r->want = want;
	r->got = uk_catch(how, arg, &info);
	r->why = want == UK_DEATH_NONE ?
		"what is as it should be died (kind of death)" :
		"what was written over was followed (kind of death)";
	return r->got == r->want;
}

static void relink(void)
{
	uk_list_init(&head);
	uk_list_init(&in);
	uk_list_init(&out);
	uk_list_add(&head, &in);
}

static int bent_links(struct uk_selftest_result *r)
{
	relink();
	if (!ends(r, add, &head, UK_DEATH_NONE))
		return UK_SELFTEST_FAIL;
	if (!ends(r, del, &in, UK_DEATH_NONE))
		return UK_SELFTEST_FAIL;
	relink();
	head.next = &out;
	if (!ends(r, add, &head, UK_DEATH_HEAP))
		return UK_SELFTEST_FAIL;
	relink();
	in.prev = &out;
	return ends(r, del, &in, UK_DEATH_HEAP) ? UK_SELFTEST_OK :
						  UK_SELFTEST_FAIL;
}

UK_SELFTEST(links, "a list that was written over is not followed", bent_links);

static int bent_counts(struct uk_selftest_result *r)
{
	static const struct {
		void (*how)(void *);
		unsigned int n;
		enum uk_death want;
	} cases[] = {
		{ take, UK_REFCOUNT_MAX - 1, UK_DEATH_NONE },
		{ take, UK_REFCOUNT_MAX, UK_DEATH_HEAP },
		{ take, 0, UK_DEATH_HEAP },
		{ give, 1, UK_DEATH_NONE },
		{ give, 0, UK_DEATH_HEAP },
	};

	for (unsigned int i = 0; i < UK_ARRAY_SIZE(cases); i++) {
		struct uk_refcount count = { cases[i].n };

		if (!ends(r, cases[i].how, &count, cases[i].want))
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(links, "a count of references stays in its range", bent_counts);
