/* SPDX-License-Identifier: BSD-3-Clause */
/* POSIX threads and those of C11. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <uk/frame.h>
#include <uk/thread.h>
#include <unistd.h>
#include "check.h"

#define N 8
#define ROUNDS 200

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_key_t key;
static sem_t sem;
static int count, turn, onces, destroyed;
static _Thread_local int mine = 5;

static void only_once(void)
{
	onces++;
}

static void destroy(void *value)
{
	destroyed += (int)(intptr_t)value;
}

/* Each in its turn, ROUNDS times. */
static void *player(void *arg)
{
	int id = (int)(intptr_t)arg;

	CHECK(mine == 5 && gettid() > 1 && errno == 0);
	mine = errno = id;
	pthread_once(&once, only_once);
	CHECK(!pthread_setspecific(key, (void *)(intptr_t)(id + 1)));
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&lock);
		while (turn != id)
			pthread_cond_wait(&changed, &lock);
		count++;
		turn = (turn + 1) % N;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&lock);
	}
	CHECK(mine == id && errno == id);
	CHECK(pthread_getspecific(key) == (void *)(intptr_t)(id + 1));
	sem_post(&sem);
	return (void *)(intptr_t)(id * 3);
}

static void game(void)
{
	pthread_t t[N];
	void *result;

	count = turn = 0;
	for (int i = 0; i < N; i++)
		CHECK(!pthread_create(&t[i], NULL, player,
				      (void *)(intptr_t)i));
	for (int i = 0; i < N; i++)
		CHECK(!sem_wait(&sem));
	for (int i = 0; i < N; i++)
		CHECK(!pthread_join(t[i], &result) &&
		      result == (void *)(intptr_t)(i * 3));
	CHECK(count == N * ROUNDS && onces == 1 && mine == 5);
}

static void *waits(void *arg)
{
	pthread_cleanup_push(destroy, arg);
	pthread_mutex_lock(&lock);
	for (;;)
		pthread_cond_wait(&changed, &lock);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *sleeps(void *arg)
{
	pause();
	sleep(1000);
	return arg;
}

static void unlock(void *arg)
{
	pthread_mutex_unlock(arg);
}

static void *waits_and_unlocks(void *arg)
{
	pthread_cleanup_push(unlock, &lock);
	waits(arg);
	pthread_cleanup_pop(0);
	return NULL;
}

static void handler(int sig)
{
	(void)sig;
	count = 77;
}

static void endings(void)
{
	struct timespec until;
	pthread_t t;
	void *result;

	destroyed = 0;
	CHECK(!pthread_create(&t, NULL, waits_and_unlocks, (void *)100));
	thrd_yield();
	CHECK(!pthread_cancel(t) && !pthread_join(t, &result));
	CHECK(result == PTHREAD_CANCELED && destroyed == 100);
	CHECK(!pthread_mutex_trylock(&lock) && !pthread_mutex_unlock(&lock));
	signal(SIGUSR1, handler);
	CHECK(!pthread_create(&t, NULL, sleeps, NULL));
	thrd_yield();
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec = (until.tv_nsec + 1000000) % 1000000000;
	until.tv_sec += until.tv_nsec < 1000000;
	CHECK(pthread_timedjoin_np(t, NULL, &until) == ETIMEDOUT);
	CHECK(!pthread_kill(t, SIGUSR1));
	thrd_yield();
	CHECK(count == 77 && !pthread_cancel(t) && !pthread_join(t, NULL));
	CHECK(pthread_join(pthread_self(), NULL) == EDEADLK);
}

static int adder(void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		mtx_lock(arg);
		count++;
		thrd_yield();
		mtx_unlock(arg);
	}
	return count;
}

static void c11(void)
{
	thrd_t t[2];
	mtx_t m;
	int a, b;

	count = 0;
	CHECK(mtx_init(&m, mtx_recursive) == thrd_success);
	CHECK(thrd_create(&t[0], adder, &m) == thrd_success);
	CHECK(thrd_create(&t[1], adder, &m) == thrd_success);
	CHECK(thrd_join(t[0], &a) == thrd_success);
	CHECK(thrd_join(t[1], &b) == thrd_success);
	CHECK(count == 2 * ROUNDS && (a > b ? a : b) == count);
}

static void *dies_owning(void *arg)
{
	pthread_mutex_lock(arg);
	return NULL;
}

static void kinds_of_locks(void)
{
	pthread_mutexattr_t a;
	pthread_mutex_t m;
	pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
	pthread_t t;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK);
	CHECK(!pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST));
	CHECK(!pthread_mutex_init(&m, &a) && !pthread_mutex_lock(&m));
	CHECK(pthread_mutex_lock(&m) == EDEADLK && !pthread_mutex_unlock(&m));
	CHECK(!pthread_create(&t, NULL, dies_owning, &m));
	CHECK(!pthread_join(t, NULL) && pthread_mutex_lock(&m) == EOWNERDEAD);
	CHECK(!pthread_mutex_consistent(&m) && !pthread_mutex_unlock(&m));
	CHECK(!pthread_rwlock_rdlock(&rw) && !pthread_rwlock_tryrdlock(&rw));
	CHECK(pthread_rwlock_trywrlock(&rw) == EBUSY);
}

/* A thread that nobody made through this library uses it as well. */
static void *stranger(void *arg)
{
	errno = 3;
	printf("thread: a stranger prints %s\n", strerror(ENOENT));
	CHECK(errno == 3 && !pthread_mutex_lock(&lock));
	pthread_mutex_unlock(&lock);
	CHECK(!pthread_setspecific(key, NULL));
	return arg;
}

static void stacks(void)
{
	pthread_attr_t a;
	char here;
	void *base;
	size_t size;

	CHECK(!pthread_getattr_np(pthread_self(), &a));
	CHECK(!pthread_attr_getstack(&a, &base, &size));
	CHECK(&here > (char *)base && &here < (char *)base + size);
}

static uint64_t frames(void)
{
	struct uk_frame_stats st;

	uk_frame_stats(&st);
	return st.free;
}

static void round_of_all(void)
{
	pthread_attr_t a;
	pthread_t p;

	game();
	endings();
	c11();
	kinds_of_locks();
	stacks();
	pthread_attr_init(&a);
	pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
	CHECK(!pthread_create(&p, &a, sleeps, NULL) && !pthread_cancel(p));
	thrd_yield();
	thrd_yield();
}

void threads(void)
{
	struct uk_thread *t = uk_thread_create("stranger", stranger, NULL,
					       NULL);
	int steady = 0;

	CHECK(!pthread_key_create(&key, destroy));
	CHECK(!pthread_barrier_init(&barrier, NULL, N));
	CHECK(!sem_init(&sem, 0, 0));
	CHECK(t && !uk_thread_join(t, NULL));
	game();
	CHECK(destroyed == N * (N + 1) / 2);
	/* The heap may grow once; what is lost is lost every time. */
	for (int i = 0; i < 3; i++) {
		uint64_t before = frames();

		round_of_all();
		steady += frames() == before;
	}
	CHECK(steady);
	CHECK(PTHREAD_KEYS_MAX == 128);
	puts("thread: right");
}
