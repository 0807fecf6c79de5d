/* SPDX-License-Identifier: BSD-3-Clause */
/* Two threads that wait for each other's mutex: nobody will ever wake one. */
#include <stdio.h>
#include <uk/mutex.h>
#include <uk/sched.h>

static struct uk_mutex a = UK_MUTEX_INITIALIZER(a);
static struct uk_mutex b = UK_MUTEX_INITIALIZER(b);

static void *other(void *arg)
{
	uk_mutex_lock(&b);
	uk_mutex_lock(&a);
	return arg;
}

int main(void)
{
	uk_mutex_lock(&a);
	if (!uk_thread_create("other", other, NULL, NULL))
		return 1;
	uk_sched_yield();
	uk_mutex_lock(&b);
	puts("SURVIVED");
	return 0;
}
