/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Waiting for a word to change. Who waits stands in a list, in the order of
 * coming, picked by the word's address.
 */
#include <uk/list.h>
#include <uk/plat.h>
#include <uk/syscall.h>
#include <uk/task.h>
#include <uk/time.h>

enum { WAIT, WAKE, FD, REQUEUE, CMP_REQUEUE, WAKE_OP, LOCK_PI, UNLOCK_PI,
       TRYLOCK_PI, WAIT_BITSET, WAKE_BITSET };
#define PRIVATE		128
#define CLOCK_REALTIME	256
#define ANY		UINT32_MAX

#define LISTS 64	/* a power of two */

struct timespec {
	int64_t sec, nsec;
};

/* On the stack of who waits. */
struct waiter {
	struct uk_link link;
	const uint32_t *word;
	uint32_t bits;
	bool woken;
	struct uk_task *task;
};

static struct uk_link lists[LISTS];

/* Of two words that adjoin, each has a list of its own. */
static struct uk_link *list_of(const uint32_t *word)
{
	uintptr_t a = (uintptr_t)word / sizeof(*word);
	struct uk_link *l = &lists[(a ^ a >> 10) % LISTS];

	if (!l->next)
		uk_list_init(l);
	return l;
}

/* A limit as the monotonic clock's; none: for ever. 0 or -EINVAL. */
static int limit(const struct timespec *ts, bool absolute, bool wall,
		 uint64_t *until)
{
	const struct uk_timespec t = { ts ? ts->sec : 0,
				       ts ? (int32_t)ts->nsec : 0 };
	uint64_t ns, now = uk_time_ns(), base;
	int rc;

	*until = UKPLAT_FOREVER;
	if (!ts)
		return 0;
	if (t.nsec != ts->nsec)
		return -EINVAL;
	rc = uk_time_join(&t, &ns);
	if (rc)
		return rc == -EOVERFLOW ? 0 : rc;
	if (absolute) {
		base = wall && uk_time_wall() ? uk_time_wall() : now;
		ns = ns > base ? ns - base : 0;
	}
	if (__builtin_add_overflow(now, ns, until))
		*until = UKPLAT_FOREVER;
	return 0;
}

static int wait(const uint32_t *word, uint32_t value, uint32_t bits,
		uint64_t until)
{
	struct waiter w = { .word = word, .bits = bits,
			    .task = uk_task_self() };
	unsigned long flags = ukplat_irq_save();
	int rc = 0;

	if (UK_READ_ONCE(*word) != value) {
		ukplat_irq_restore(flags);
		return -EAGAIN;
	}
	uk_list_add_tail(list_of(word), &w.link);
	while (!rc && !w.woken)
		rc = uk_task_sleep(until);
	if (w.woken)
		rc = 0;
	else
		uk_list_del(&w.link);
	ukplat_irq_restore(flags);
	if (rc == -EINTR)
		uk_signal_run();
	return rc;
}

/*
 * Wake up to n that wait for word with one of these bits; up to `more` that
 * come after them wait for `to` from now on. How many of both.
 */
static int wake(const uint32_t *word, int n, uint32_t bits, int more,
		const uint32_t *to)
{
	unsigned long flags = ukplat_irq_save();
	struct uk_link *list = list_of(word), moved = UK_LIST_HEAD(moved);
	struct uk_link *l, *next;
	int done = 0, kept = 0;

	for (l = list->next; l != list && (done < n || kept < more); l = next) {
		struct waiter *w = uk_list_entry(l, struct waiter, link);

		next = l->next;
		if (w->word != word || !(w->bits & bits))
			continue;
		uk_list_del(l);
		if (done < n) {
			done++;
			w->woken = true;
			uk_task_wake(w->task);
		} else {
			kept++;
			w->word = to;
			uk_list_add_tail(&moved, l);
		}
	}
	while ((l = uk_list_pop(&moved)))
		uk_list_add_tail(list_of(to), l);
	ukplat_irq_restore(flags);
	return done + kept;
}

/* value2 is what the kernel's call has in the place of the time. */
static int requeue(uint32_t *word, int n, long value2, uint32_t *to,
		   bool compare, uint32_t value)
{
	int more = (int)UK_MIN(value2, (long)INT32_MAX);

	if (n < 0 || value2 < 0 || !to)
		return -EINVAL;
	if (compare && UK_READ_ONCE(*word) != value)
		return -EAGAIN;
	return wake(word, n, ANY, more, to);
}

UK_SYSCALL_R_DEFINE(int, futex, uint32_t *, word, int, op, uint32_t, value,
		    const struct timespec *, ts, uint32_t *, to,
		    uint32_t, bits)
{
	const int what = op & ~(PRIVATE | CLOCK_REALTIME);
	const bool wall = op & CLOCK_REALTIME;
	uint64_t until;
	int rc;

	if (!word || !UK_IS_ALIGNED((uintptr_t)word, sizeof(*word)))
		return -EINVAL;
	switch (what) {
	case WAIT:
	case WAIT_BITSET:
		rc = limit(ts, what == WAIT_BITSET, wall, &until);
		if (what == WAIT)
			bits = ANY;
		if (!rc && !bits)
			rc = -EINVAL;
		return rc ? rc : wait(word, value, bits, until);
	case WAKE:
	case WAKE_BITSET:
		if (what == WAKE)
			bits = ANY;
		return bits ? wake(word, UK_MAX((int)value, 1), bits, 0, NULL) :
			-EINVAL;
	case REQUEUE:
	case CMP_REQUEUE:
		return requeue(word, (int)value, (long)ts, to,
			       what == CMP_REQUEUE, bits);
	default:
		return -ENOSYS;
	}
}
