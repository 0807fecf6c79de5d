/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/selftest.h>
#include <uk/str.h>

#define ROOM 16

static struct {
	char room[ROOM];
	char beyond[ROOM];
} object;

/* What the heap hands out looks the same to the compiler. */
static UK_NOINLINE __attribute__((alloc_size(1))) void *carve(size_t n)
{
	char *p = object.room;

	__asm__ __volatile__("" : "+r"(p) : "r"(n));
	return p;
}

static UK_NOINLINE void fill(void *arg)
{
	char local[2 * ROOM];

	memset(local, 1, *(volatile size_t *)arg);
	__asm__ __volatile__("" : : "r"(local) : "memory");
}

static UK_NOINLINE void copy_out(void *arg)
{
	char to[4 * ROOM];

	memcpy(to, &object, *(volatile size_t *)arg);
	__asm__ __volatile__("" : : "r"(to) : "memory");
}

/* Twice ROOM by a number that only run time knows. */
static UK_NOINLINE void counted(void *arg)
{
	static const char from[4 * ROOM];
	volatile size_t n = 2 * ROOM;
	size_t room = n;

	memmove(carve(room), from, *(volatile size_t *)arg);
}

static int one_too_far(struct uk_selftest_result *r)
{
	static void (*const how[])(void *) = { fill, copy_out, counted };
	struct uk_catch_info info;

	for (unsigned int i = 0; i < UK_ARRAY_SIZE(how); i++) {
		size_t inside = 2 * ROOM, beyond = 2 * ROOM + 1;

		r->want = UK_DEATH_NONE;
		r->got = uk_catch(how[i], &inside, &info);
		r->why = "a copy that fits died (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
		r->want = UK_DEATH_OVERFLOW;
		r->got = uk_catch(how[i], &beyond, &info);
		r->why = "a copy one byte too long passed (kind of death)";
		if (r->got != r->want)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

UK_SELFTEST(fortify, "a copy one byte longer than its buffer dies",
	    one_too_far);
