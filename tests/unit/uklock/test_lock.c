/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/condvar.h>
#include <uk/mutex.h>
#include <uk/sched.h>
#include <uk/semaphore.h>

#include "host.h"

static char trace[4096];

static void note(char c)
{
	size_t n = strlen(trace);

	assert_true(n + 1 < sizeof(trace));
	trace[n] = c;
	trace[n + 1] = 0;
}

static int setup(void **state)
{
	(void)state;
	trace[0] = 0;
	return 0;
}

static struct uk_thread *start(void *(*fn)(void *), void *arg)
{
	struct uk_thread *t = uk_thread_create(arg ? arg : "t", fn, arg, NULL);

	assert_non_null(t);
	return t;
}

static void join(struct uk_thread *t)
{
	assert_int_equal(uk_thread_join(t, NULL), 0);
}

static void assert_clean(void)
{
	assert_int_equal(host_stacks, 0);
	assert_int_equal(host_blocks, 1);
	assert_true(host_irq_on);
}

/* ---- mutex -------------------------------------------------------------- */

static struct uk_mutex m = UK_MUTEX_INITIALIZER(m);
static int inside;

static void *critical(void *arg)
{
	int i;

	for (i = 0; i < 5; i++) {
		uk_mutex_lock(&m);
		assert_ptr_equal(m.owner, uk_thread_current());
		assert_int_equal(inside++, 0);
		note(*(char *)arg);
		uk_sched_yield();
		uk_thread_sleep(10);
		inside--;
		uk_mutex_unlock(&m);
	}
	return NULL;
}

/* Handed over in order, although each asks again at once. */
static void ping_pong(void **state)
{
	struct uk_thread *a = start(critical, "a"), *b = start(critical, "b");
	struct uk_thread *c = start(critical, "c");

	(void)state;
	join(a);
	join(b);
	join(c);
	assert_string_equal(trace, "abcabcabcabcabc");
	assert_false(uk_mutex_is_locked(&m));
	assert_clean();
}

static void *try_it(void *arg)
{
	(void)arg;
	note(uk_mutex_trylock(&m) ? 'y' : 'n');
	if (m.owner == uk_thread_current())
		uk_mutex_unlock(&m);
	return NULL;
}

static void trylock(void **state)
{
	(void)state;
	join(start(try_it, NULL));
	assert_true(uk_mutex_trylock(&m));
	assert_false(uk_mutex_trylock(&m));
	join(start(try_it, NULL));
	uk_mutex_unlock(&m);
	assert_string_equal(trace, "yn");
	assert_clean();
}

static void *waits_100(void *arg)
{
	int rc = uk_mutex_lock_deadline(&m, host_clock + 100);

	(void)arg;
	note(rc ? rc == -ETIMEDOUT ? 'T' : '?' : 'y');
	if (!rc)
		uk_mutex_unlock(&m);
	return NULL;
}

static void lock_deadline(void **state)
{
	struct uk_thread *t;

	(void)state;
	uk_mutex_lock(&m);
	t = start(waits_100, NULL);
	uk_thread_sleep(50);
	assert_string_equal(trace, "");
	uk_thread_sleep(100);
	assert_string_equal(trace, "T");
	join(t);
	t = start(waits_100, NULL);
	uk_thread_sleep(50);
	uk_mutex_unlock(&m);	/* its own from here on */
	assert_ptr_equal(m.owner, t);
	assert_false(uk_mutex_trylock(&m));
	join(t);
	assert_string_equal(trace, "Ty");
	assert_null(m.owner);
	assert_clean();
}

static void recursive(void **state)
{
	static struct uk_mutex r = UK_MUTEX_INITIALIZER_RECURSIVE(r);
	struct uk_mutex d;

	(void)state;
	uk_mutex_lock(&r);
	uk_mutex_lock(&r);
	assert_true(uk_mutex_trylock(&r));
	uk_mutex_unlock(&r);
	uk_mutex_unlock(&r);
	assert_true(uk_mutex_is_locked(&r));
	uk_mutex_unlock(&r);
	assert_false(uk_mutex_is_locked(&r));
	uk_mutex_init_recursive(&d);
	uk_mutex_lock(&d);
	uk_mutex_lock(&d);
	uk_mutex_init(&d);
	uk_mutex_lock(&d);
	assert_death("uklock: thread main locks a mutex that it holds",
		     uk_mutex_lock(&d));
	uk_mutex_init_recursive(&r);
	r.owner = uk_thread_current();
	r.depth = ~0u;
	assert_death("uklock: mutex locked too often", uk_mutex_lock(&r));
}

static void *holds(void *arg)
{
	(void)arg;
	uk_mutex_lock(&m);
	uk_thread_sleep(100);
	uk_mutex_unlock(&m);
	return NULL;
}

static void wrong_owner(void **state)
{
	struct uk_thread *t;

	(void)state;
	assert_death("uklock: thread main unlocks a mutex that is free",
		     uk_mutex_unlock(&m));
	t = start(holds, "thief");
	uk_sched_yield();
	assert_death("uklock: thread main unlocks a mutex that is held by "
		     "thief", uk_mutex_unlock(&m));
	join(t);
	assert_clean();
}

/* ---- semaphore ---------------------------------------------------------- */

static struct uk_semaphore s = UK_SEMAPHORE_INITIALIZER(s, 0);

static void *downs(void *arg)
{
	uk_semaphore_down(&s);
	note(*(char *)arg);
	return NULL;
}

static void semaphore(void **state)
{
	struct uk_thread *a, *b;

	(void)state;
	assert_false(uk_semaphore_down_try(&s));
	uk_semaphore_up(&s);
	uk_semaphore_up(&s);
	assert_true(uk_semaphore_down_try(&s));
	uk_semaphore_down(&s);
	assert_false(uk_semaphore_down_try(&s));

	a = start(downs, "a");
	b = start(downs, "b");
	uk_sched_yield();
	uk_semaphore_up(&s);	/* is a's, although it has not run yet */
	assert_false(uk_semaphore_down_try(&s));
	uk_semaphore_up(&s);
	uk_semaphore_up(&s);
	assert_true(uk_semaphore_down_try(&s));
	join(b);
	join(a);
	assert_string_equal(trace, "ab");
	uk_semaphore_init(&s, ~0ul);
	assert_death("uklock: semaphore's count wraps", uk_semaphore_up(&s));
	uk_semaphore_init(&s, 0);
	assert_clean();
}

static void *down_100(void *arg)
{
	uint64_t until = host_clock + 100;
	int rc = uk_semaphore_down_deadline(&s, until);

	note(rc ? 'T' : *(char *)arg);
	if (rc) {
		assert_int_equal(rc, -ETIMEDOUT);
		assert_int_equal(host_clock, until);
	}
	return NULL;
}

static void semaphore_deadlines(void **state)
{
	struct uk_thread *a = start(down_100, "a"), *b, *c;

	(void)state;
	uk_thread_sleep(50);
	b = start(down_100, "b");
	uk_thread_sleep(70);		/* a gives up, b still waits */
	c = start(down_100, "c");
	uk_sched_yield();
	uk_semaphore_up(&s);
	join(b);
	assert_string_equal(trace, "Tb");
	join(c);
	join(a);
	assert_string_equal(trace, "TbT");
	assert_false(uk_semaphore_down_try(&s));
	uk_semaphore_up(&s);
	assert_int_equal(uk_semaphore_down_deadline(&s, 0), 0);
	assert_int_equal(uk_semaphore_down_deadline(&s, 0), -ETIMEDOUT);
	assert_clean();
}

static void up_handler(void)
{
	uk_semaphore_up(&s);
}

static void up_from_interrupt(void **state)
{
	(void)state;
	host_has_irqs = true;
	host_interrupt_at(host_clock + 30, up_handler);
	uk_semaphore_down(&s);
	host_has_irqs = false;
	assert_false(uk_semaphore_down_try(&s));
	assert_clean();
}

/* ---- condition variable ------------------------------------------------- */

static struct uk_condvar cv = UK_CONDVAR_INITIALIZER(cv);
static int level;

static void *consumes(void *arg)
{
	uk_mutex_lock(&m);
	while (level == 0)
		uk_condvar_wait(&cv, &m);
	assert_ptr_equal(m.owner, uk_thread_current());
	level--;
	note(*(char *)arg);
	uk_mutex_unlock(&m);
	return NULL;
}

static void condvar(void **state)
{
	struct uk_thread *a = start(consumes, "a"), *b = start(consumes, "b");

	(void)state;
	uk_sched_yield();
	uk_mutex_lock(&m);	/* free while they wait */
	level = 1;
	uk_condvar_signal(&cv);
	uk_mutex_unlock(&m);
	join(a);
	assert_string_equal(trace, "a");
	uk_mutex_lock(&m);
	level = 5;
	uk_condvar_broadcast(&cv);
	uk_sched_yield();
	assert_string_equal(trace, "a");	/* we have the mutex */
	assert_int_equal(uk_condvar_wait_deadline(&cv, &m, host_clock + 9),
			 -ETIMEDOUT);
	assert_ptr_equal(m.owner, uk_thread_current());
	uk_mutex_unlock(&m);
	join(b);
	assert_string_equal(trace, "ab");
	uk_condvar_init(&cv);
	assert_death("uklock: wait with a mutex that is locked 0 times",
		     uk_condvar_wait(&cv, &m));
	assert_clean();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(ping_pong, setup),
		cmocka_unit_test_setup(trylock, setup),
		cmocka_unit_test_setup(lock_deadline, setup),
		cmocka_unit_test_setup(recursive, setup),
		cmocka_unit_test_setup(wrong_owner, setup),
		cmocka_unit_test_setup(semaphore, setup),
		cmocka_unit_test_setup(semaphore_deadlines, setup),
		cmocka_unit_test_setup(up_from_interrupt, setup),
		cmocka_unit_test_setup(condvar, setup),
	};

	host_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
