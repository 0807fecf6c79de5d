/* SPDX-License-Identifier: BSD-3-Clause */
#include <sys/wait.h>
#include <unistd.h>
#include <uk/arch/tls.h>
#include <uk/canary.h>
#include <uk/config.h>
#include <uk/plat.h>
#include <uk/sched.h>

#include "host.h"

static char trace[256];

static void note(char c)
{
	size_t n = strlen(trace);

	assert_true(n + 1 < sizeof(trace));
	trace[n] = c;
	trace[n + 1] = 0;
}

/* Nobody is left, nothing is lost: only main's FPU area stays. */
static void assert_clean(void)
{
	assert_int_equal(host_stacks, 0);
	assert_int_equal(host_blocks, 1);
	assert_true(host_irq_on);
}

static int setup(void **state)
{
	(void)state;
	trace[0] = 0;
	return 0;
}

static struct uk_thread *start(const char *name, void *(*fn)(void *),
			       void *arg)
{
	struct uk_thread *t = uk_thread_create(name, fn, arg, NULL);

	assert_non_null(t);
	return t;
}

static void join(struct uk_thread *t)
{
	assert_int_equal(uk_thread_join(t, NULL), 0);
}

/* ---- life --------------------------------------------------------------- */

static void *three_times(void *arg)
{
	int i;

	assert_true(host_irq_on);
	for (i = 0; i < 3; i++) {
		note(*(char *)arg);
		uk_sched_yield();
	}
	return arg;
}

static void round_robin(void **state)
{
	struct uk_thread *a = start("a", three_times, "a");
	struct uk_thread *b = start("b", three_times, "b");
	struct uk_thread *c = start("c", three_times, "c");
	void *r;

	(void)state;
	assert_string_equal(trace, ""); /* nobody ran yet */
	uk_sched_yield();
	assert_string_equal(trace, "abc");
	note('-');
	uk_sched_yield();
	assert_string_equal(trace, "abc-abc");
	assert_int_equal(uk_thread_join(a, &r), 0);
	assert_string_equal(r, "a");
	assert_string_equal(trace, "abc-abcabc");
	join(b);
	join(c);
	assert_clean();
}

static void *ends_early(void *arg)
{
	note('e');
	uk_thread_exit(arg);
}

static void *joins(void *arg)
{
	void *r;

	assert_int_equal(uk_thread_join(arg, &r), 0);
	note(*(char *)r);
	return r;
}

static void join_before_and_after(void **state)
{
	struct uk_thread *t = start("t", ends_early, "x");
	struct uk_thread *j = start("j", joins, t), *late;
	void *r;

	(void)state;
	assert_int_equal(uk_thread_join(uk_thread_current(), &r), -EDEADLK);
	uk_sched_yield();	/* t exits, j takes it */
	assert_int_equal(uk_thread_join(j, &r), 0);
	assert_string_equal(r, "x");
	assert_string_equal(trace, "ex");

	late = start("late", ends_early, "y");
	uk_sched_yield();
	assert_int_equal(uk_thread_join(late, &r), 0); /* exited before */
	assert_string_equal(r, "y");

	late = start("slow", three_times, "s");
	j = start("j", joins, late);
	uk_sched_yield();
	assert_int_equal(uk_thread_join(late, &r), -EINVAL); /* j does */
	assert_int_equal(uk_thread_detach(late), -EINVAL);
	join(j);
	assert_clean();
}

static void detached(void **state)
{
	const struct uk_thread_attr attr = { .detached = true };
	struct uk_thread *t;

	(void)state;
	t = uk_thread_create("d", three_times, "d", &attr);
	assert_int_equal(uk_thread_join(t, NULL), -EINVAL);
	assert_int_equal(uk_thread_detach(t), -EINVAL);
	assert_int_equal(host_stacks, 1);
	while (host_stacks)
		uk_sched_yield();
	assert_string_equal(trace, "ddd");

	t = start("later", three_times, "l");
	uk_sched_yield();
	assert_int_equal(uk_thread_detach(t), 0);
	while (host_stacks)
		uk_sched_yield();

	t = start("gone", ends_early, NULL);
	uk_sched_yield();
	assert_int_equal(host_stacks, 1);
	assert_int_equal(uk_thread_detach(t), 0);
	assert_clean();
}

static void *many(void *arg)
{
	uk_thread_sleep((uintptr_t)arg);
	return arg;
}

/* One thousand at once, and again in the same memory. */
static void thousand(void **state)
{
	static struct uk_thread *t[1000];
	const struct uk_thread_attr attr = { .stack_size = 16384 };
	uintptr_t i, round;
	void *r;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 1000; i++) {
			t[i] = uk_thread_create("many", many,
						(void *)(i * 7919 % 1000),
						&attr);
			assert_non_null(t[i]);
		}
		assert_int_equal(host_stacks, 1000);
		for (i = 0; i < 1000; i++) {
			assert_int_equal(uk_thread_join(t[i], &r), 0);
			assert_int_equal((uintptr_t)r, i * 7919 % 1000);
		}
		assert_clean();
	}
}

static void *uses_stack(void *arg)
{
	volatile char deep[60000];

	deep[0] = 1;
	deep[59999] = 2;
	uk_sched_yield();
	*(int *)arg = deep[0] + deep[59999];
	return NULL;
}

static void stack_sizes(void **state)
{
	const struct uk_thread_attr odd = { .stack_size = 5000 };
	struct uk_thread *t;
	int sum = 0;

	(void)state;
	t = start("default", uses_stack, &sum);
	assert_int_equal(((size_t *)t->stack)[-512],
			 CONFIG_LIBUKSCHED_STACK_KIB * 1024);
	join(t);
	assert_int_equal(sum, 3);
	t = uk_thread_create("odd", ends_early, NULL, &odd);
	assert_int_equal(((size_t *)t->stack)[-512], 8192);
	join(t);
	assert_null(uk_thread_create("huge", ends_early, NULL,
			&(struct uk_thread_attr){ .stack_size = SIZE_MAX }));
	assert_clean();
}

static void no_memory(void **state)
{
	unsigned int n;

	(void)state;
	for (n = 1; n <= 2; n++) {
		host_fail_at = n;
		assert_null(uk_thread_create("t", ends_early, NULL, NULL));
		assert_int_equal(host_fail_at, 0);
		assert_clean();
	}
}

static void names(void **state)
{
	struct uk_thread *t = start("a-name-that-is-much-too-long", ends_early,
				    NULL);

	(void)state;
	assert_string_equal(t->name, "a-name-that-is-");
	join(t);
	assert_string_equal(uk_thread_current()->name, "main");
}

/* ---- what is a thread's own ------------------------------------------- */

static uintptr_t next_canary = 0x1000;
static unsigned int rounding(void)
{
	unsigned int csr;

	__asm__ __volatile__("stmxcsr %0" : "=m"(csr));
	return csr;
}

uintptr_t uk_canary_new(void)
{
	return next_canary += 0x100;
}

static void *owns(void *arg)
{
	unsigned long *data = (unsigned long *)(host_tlsp - 48);
	unsigned long id = (uintptr_t)arg;
	unsigned int csr = 0x1f80 | (unsigned int)(id & 3) << 13;
	uintptr_t tp = host_tlsp;
	int i;

	assert_int_equal(*(uintptr_t *)tp, tp);	/* points to itself */
	assert_int_equal(*(uintptr_t *)(tp + UKARCH_TLS_CANARY_OFFSET),
			 next_canary - 0x100 * (9 - id));
	assert_int_equal(data[0], 0x1111);
	assert_int_equal(data[1], 0x2222);
	assert_int_equal(data[2] | data[3] | data[4], 0);
	assert_int_equal(rounding() & 0xffc0, 0x1f80);
	__asm__ __volatile__("ldmxcsr %0" : : "m"(csr));
	for (i = 0; i < 4; i++) {
		data[0] = data[4] = id + (unsigned int)i;
		uk_sched_yield();
		assert_int_equal(host_tlsp, tp);
		assert_int_equal(data[0], id + (unsigned int)i);
		assert_int_equal(data[4], id + (unsigned int)i);
		assert_int_equal(rounding() & 0xffc0, csr);
	}
	return NULL;
}

static void own_data(void **state)
{
	struct uk_thread *t[10];
	uintptr_t tp = host_tlsp;
	size_t i;

	(void)state;
	for (i = 0; i < 10; i++)
		t[i] = start("own", owns, (void *)i);
	for (i = 0; i < 10; i++)
		join(t[i]);
	assert_int_equal(host_tlsp, tp);
	assert_int_equal(*(uintptr_t *)(tp + UKARCH_TLS_CANARY_OFFSET),
			 0xca7a17);
	assert_int_equal(rounding() & 0xffc0, 0x1f80);
	assert_clean();
}

/* ---- time ---------------------------------------------------------------- */

static void *sleeper(void *arg)
{
	uint64_t until = host_clock + *(uint64_t *)arg;

	uk_thread_sleep(*(uint64_t *)arg);
	assert_int_equal(host_clock, until);
	note((char)('0' + *(uint64_t *)arg / 100));
	return NULL;
}

static void sleep_order(void **state)
{
	static uint64_t ns[] = { 500, 100, 900, 300, 100, 700 };
	struct uk_thread *t[6];
	unsigned int before;
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		t[i] = start("s", sleeper, &ns[i]);
	before = host_idles;
	for (i = 0; i < 6; i++)
		join(t[i]);
	assert_string_equal(trace, "113579");
	assert_int_equal(host_idles - before, 5); /* two at once */
	before = host_idles;
	uk_thread_sleep(0);
	uk_thread_sleep_until(1);
	assert_int_equal(host_idles, before);
	assert_clean();
}

/* ---- wait queues --------------------------------------------------------- */

static struct uk_waitq wq = UK_WAITQ_INITIALIZER(wq);
static int tokens;

static void *takes_token(void *arg)
{
	uk_waitq_wait_event(&wq, tokens > 0);
	assert_true(host_irq_on);
	tokens--;
	note(*(char *)arg);
	return NULL;
}

static void wake_one_is_fair(void **state)
{
	static char *const name[] = { "a", "b", "c", "d" };
	struct uk_thread *t[4];
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		t[i] = start(name[i], takes_token, name[i]);
	assert_null(uk_waitq_wake_up_one(&wq));
	uk_sched_yield();
	for (i = 0; i < 4; i++) {
		tokens++;
		assert_ptr_equal(uk_waitq_wake_up_one(&wq), t[i]);
		uk_sched_yield();
		assert_int_equal(strlen(trace), i + 1);
	}
	assert_string_equal(trace, "abcd");
	assert_true(uk_waitq_empty(&wq));
	for (i = 0; i < 4; i++)
		join(t[i]);
	assert_clean();
}

static void wake_all(void **state)
{
	struct uk_thread *a = start("a", takes_token, "a");
	struct uk_thread *b = start("b", takes_token, "b");
	struct uk_thread *c = start("c", takes_token, "c");

	(void)state;
	uk_sched_yield();
	tokens = 2;
	uk_waitq_wake_up(&wq);
	uk_sched_yield();
	assert_string_equal(trace, "ab");	/* c looks, and waits again */
	assert_false(uk_waitq_empty(&wq));
	tokens = 1;
	uk_waitq_wake_up(&wq);
	join(c);
	join(b);
	join(a);
	assert_clean();
}

static void *times_out(void *arg)
{
	uint64_t until = host_clock + (uintptr_t)arg;
	int rc = uk_waitq_wait_event_deadline(&wq, tokens > 0, until);

	if (!rc)
		tokens--;
	else
		assert_int_equal(host_clock, until);
	note(rc == -ETIMEDOUT ? 'T' : rc ? '?' : 'w');
	return NULL;
}

static void deadlines(void **state)
{
	struct uk_thread *a = start("a", times_out, (void *)300);
	struct uk_thread *b = start("b", times_out, (void *)100);

	(void)state;
	uk_thread_sleep(200);
	assert_string_equal(trace, "T");
	tokens = 1;
	assert_ptr_equal(uk_waitq_wake_up_one(&wq), a); /* b has left */
	join(b);
	join(a);
	assert_string_equal(trace, "Tw");
	assert_true(uk_waitq_empty(&wq));
	/* the deadline of a, which was woken, counts no more */
	uk_thread_sleep(500);
	assert_int_equal(uk_waitq_wait_event_deadline(&wq, true, 0), 0);
	assert_int_equal(uk_waitq_wait_event_deadline(&wq, false, 0),
			 -ETIMEDOUT);
	assert_clean();
}

static void *wakes_it(void *arg)
{
	tokens = 1;
	assert_ptr_equal(uk_waitq_wake_up_one(&wq), arg);
	return NULL;
}

/* Timed out, but taken from the queue before it ran: the wake-up counts. */
static void wake_beats_deadline(void **state)
{
	struct uk_thread *w, *a;

	(void)state;
	a = start("a", times_out, (void *)100);
	uk_sched_yield();
	host_clock += 100;
	/* a becomes ready behind w when w starts */
	w = start("w", wakes_it, a);
	join(w);
	join(a);
	assert_string_equal(trace, "w");
	assert_true(uk_waitq_empty(&wq));
	assert_clean();
}

static void handler(void)
{
	assert_false(host_irq_on);
	tokens++;
	uk_waitq_wake_up_one(&wq);
}

static void wake_from_interrupt(void **state)
{
	struct uk_thread *t = start("t", takes_token, "t");
	uint64_t now = host_clock;

	(void)state;
	host_interrupt_at(now + 50, handler);
	host_has_irqs = true;
	join(t);		/* all wait, main idles: another thread wakes */
	assert_int_equal(host_clock, now + 50);
	host_interrupt_at(now + 90, handler);
	uk_waitq_wait_event(&wq, tokens > 0);	/* the one that idles */
	assert_int_equal(host_clock, now + 90);
	tokens = 0;
	host_interrupt_at(now + 100, handler);
	uk_thread_sleep(500);	/* an interrupt does not end a sleep */
	assert_int_equal(host_clock, now + 90 + 500);
	tokens = 0;
	host_has_irqs = false;
	assert_string_equal(trace, "t");
	assert_clean();
}

/* ---- the end ------------------------------------------------------------ */

static void deadlock(void **state)
{
	struct uk_thread *t = start("stuck", takes_token, "s");

	(void)state;
	assert_death("deadlock: all 2 threads wait, and no timer or interrupt"
		     " can wake one", join(t));
	assert_string_equal(host_output, "Threads:\n"
			    "  main             waits\n"
			    "  stuck            waits, here\n");
}

static void *last_one(void *arg)
{
	uk_sched_yield();
	_exit(host_stacks == 1 && !strcmp(arg, "arg") ? 7 : 8);
}

static int child(void (*fn)(void))
{
	pid_t pid = fork();
	int status;

	if (!pid)
		fn();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void main_goes_first(void)
{
	start("last", last_one, "arg");
	uk_thread_exit(NULL);
}

static void *quick(void *arg)
{
	return arg;
}

static void all_go(void)
{
	const struct uk_thread_attr attr = { .detached = true };

	start("a", quick, NULL);
	uk_thread_create("b", quick, NULL, &attr);
	uk_thread_exit(NULL);
}

static void end_of_all(void **state)
{
	(void)state;
	assert_int_equal(child(main_goes_first), 7);
	assert_int_equal(child(all_go), 200 + UK_EXIT_OK);
}

static void before_a_scheduler(void **state)
{
	unsigned long flags;

	(void)state;
	assert_string_equal(uk_thread_current()->name, "main");
	uk_sched_yield();
	assert_null(uk_thread_create("t", ends_early, NULL, NULL));
	assert_death("uksched: a wait before the scheduler is there",
		     uk_thread_sleep(1));
	flags = ukplat_irq_save();
	ukplat_irq_restore(flags);
	host_start();
	assert_int_equal(uk_sched_register(NULL), -EEXIST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_a_scheduler),
		cmocka_unit_test_setup(round_robin, setup),
		cmocka_unit_test_setup(join_before_and_after, setup),
		cmocka_unit_test_setup(detached, setup),
		cmocka_unit_test_setup(thousand, setup),
		cmocka_unit_test_setup(stack_sizes, setup),
		cmocka_unit_test_setup(no_memory, setup),
		cmocka_unit_test_setup(names, setup),
		cmocka_unit_test_setup(own_data, setup),
		cmocka_unit_test_setup(sleep_order, setup),
		cmocka_unit_test_setup(wake_one_is_fair, setup),
		cmocka_unit_test_setup(wake_all, setup),
		cmocka_unit_test_setup(deadlines, setup),
		cmocka_unit_test_setup(wake_beats_deadline, setup),
		cmocka_unit_test_setup(wake_from_interrupt, setup),
		cmocka_unit_test_setup(end_of_all, setup),
		cmocka_unit_test_setup(deadlock, setup), /* last: it is stuck */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
