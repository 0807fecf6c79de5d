/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads in an image: what is a thread's own, time, locks, and that nothing
 * is left when they are gone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/arch/tls.h>
#include <uk/config.h>
#include <uk/frame.h>
#include <uk/plat.h>
#include <uk/sched.h>
#include <uk/semaphore.h>

#define N 8
#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s, line %d\n", #cond, __LINE__); \
			exit(1);					\
		}							\
	} while (0)

static __thread long mine = 77;
static __thread char zeroes[100];
static char trace[64];
static uintptr_t canaries[N];

static void note(char c)
{
	size_t n = strlen(trace);

	CHECK(n + 1 < sizeof(trace));
	trace[n] = c;
	trace[n + 1] = 0;
}

static uintptr_t canary(void)
{
	return *(uintptr_t *)(ukarch_tlsp_get() + UKARCH_TLS_CANARY_OFFSET);
}

#ifdef __aarch64__
#define FPU_REGISTER "d8"
#define FPU_CLASS "w"
#else
#define FPU_REGISTER "xmm7"
#define FPU_CLASS "x"
#endif

/* Own data and FPU registers, kept over every switch. */
static void *owner(void *arg)
{
	long id = (long)(uintptr_t)arg, i;
	volatile double sum = 0;

	CHECK(mine == 77);
	for (i = 0; i < 100; i++)
		CHECK(zeroes[i] == 0);
	canaries[id] = canary();
	mine = id;
	memset(zeroes, (int)id + 1, sizeof(zeroes));
	for (i = 0; i < 50; i++) {
		register double x __asm__(FPU_REGISTER) = (double)(id + i);

		__asm__ __volatile__("" : "+" FPU_CLASS(x));
		uk_sched_yield();
		sum += (double)(id + i) / 2;
		CHECK(mine == id && zeroes[99] == id + 1);
	}
	CHECK(sum == 25.0 * (double)id + 612.5);
	return (void *)(uintptr_t)(id * 3);
}

static void own_things(void)
{
	struct uk_thread *t[N];
	uintptr_t i, j;
	void *r;

	mine = 5;
	for (i = 0; i < N; i++) {
		t[i] = uk_thread_create("owner", owner, (void *)i, NULL);
		CHECK(t[i]);
	}
	for (i = 0; i < N; i++) {
		CHECK(!uk_thread_join(t[i], &r));
		CHECK((uintptr_t)r == i * 3);
	}
	CHECK(mine == 5 && zeroes[0] == 0);
#ifdef CONFIG_HARDEN_SSP_USED
	for (i = 0; i < N; i++)
		for (j = 0; j < i; j++)
			CHECK(canaries[i] != canaries[j] &&
			      canaries[i] != canary());
#else
	(void)j;
#endif
}

static uint64_t base;

static void *sleeper(void *arg)
{
	uint64_t until = base + (uintptr_t)arg * 1000000;

	uk_thread_sleep_until(until);
	CHECK(ukplat_clock_monotonic() >= until);
	note((char)('0' + (uintptr_t)arg));
	return NULL;
}

/* False: the host was so busy that the first deadline was over before all
 * slept, so their order says nothing. */
static bool sleep_in_order(void)
{
	static const uintptr_t ms[] = { 7, 1, 4 };
	struct uk_thread *t[3];
	bool valid;
	int i;

	trace[0] = 0;
	base = ukplat_clock_monotonic() + 10000000;
	for (i = 0; i < 3; i++)
		CHECK(t[i] = uk_thread_create("sleeper", sleeper,
					      (void *)ms[i], NULL));
	uk_sched_yield();
	valid = ukplat_clock_monotonic() < base;
	for (i = 0; i < 3; i++)
		CHECK(!uk_thread_join(t[i], NULL));
	if (valid)
		CHECK(!strcmp(trace, "147"));
	return valid;
}

static void time_passes(void)
{
	int tries = 0;

	while (!sleep_in_order())
		CHECK(++tries < 100);
}

static struct uk_semaphore ping = UK_SEMAPHORE_INITIALIZER(ping, 0);
static struct uk_semaphore pong = UK_SEMAPHORE_INITIALIZER(pong, 0);
static int rounds;

static void *player(void *arg)
{
	for (;;) {
		uk_semaphore_down(&ping);
		if (rounds == 1000)
			return arg;
		rounds++;
		uk_semaphore_up(&pong);
	}
}

static void locks(void)
{
	struct uk_thread *t = uk_thread_create("player", player, NULL, NULL);
	int i;

	CHECK(t);
	for (i = 0; i < 1000; i++) {
		uk_semaphore_up(&ping);
		uk_semaphore_down(&pong);
		CHECK(rounds == i + 1);
	}
	CHECK(uk_semaphore_down_deadline(&pong, ukplat_clock_monotonic() +
					 2000000) == -ETIMEDOUT);
	uk_semaphore_up(&ping);
	CHECK(!uk_thread_join(t, NULL));
}

static void *nothing(void *arg)
{
	return arg;
}

static void come_and_go(void)
{
	const struct uk_thread_attr attr = { .detached = true };
	struct uk_frame_stats before, after;
	int i;

	uk_frame_stats(&before);
	for (i = 0; i < 300; i++) {
		CHECK(uk_thread_create("detached", nothing, NULL, &attr));
		CHECK(!uk_thread_join(uk_thread_create("joined", nothing, NULL,
						       NULL), NULL));
	}
	uk_frame_stats(&after);
	CHECK(after.free == before.free);
}

static void *deep(void *arg)
{
	volatile char frame[1024];
	uintptr_t left = (uintptr_t)arg;

	frame[0] = 1;
	return left ? (char *)deep((void *)(left - 1)) + frame[0] : NULL;
}

int main(int argc, char **argv)
{
	struct uk_thread *t;

	own_things();
	time_passes();
	locks();
	come_and_go();
	if (argc > 1 && !strcmp(argv[1], "overflow")) {
		t = uk_thread_create("deep", deep, (void *)100000ul, NULL);
		CHECK(t);
		uk_thread_join(t, NULL);
	}
	puts("threads: done");
	uk_thread_exit(NULL);	/* the last one: status 0 */
}
