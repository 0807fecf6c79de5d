/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who does the stack's work. A call that sends does it at once; what comes in
 * meanwhile, and timers, are the business of a thread of its own, which runs
 * when the program waits. Neither is ever interrupted by the other.
 */
#include <lwip/priv/tcp_priv.h>
#include <uk/init.h>
#include <uk/lwip.h>
#include <uk/print.h>
#include <uk/sched.h>
#include <uk/thread.h>
#include <uk/time.h>
#include "inet.h"

#define TCP 6
#define UDP 17

static void *run(void *arg)
{
	for (;;) {
		if (uk_lwip_poll())
			uk_sched_yield();
		else	/* A timer that a call starts is not late by more. */
			uk_lwip_idle(uk_time_ns() +
				     TCP_TMR_INTERVAL * UK_NSEC_PER_MSEC);
	}
	return arg;
}

void inet_work(void)
{
	uk_lwip_poll();
}

int inet_start(void)
{
	static const struct uk_thread_attr attr = { .detached = true };
	static bool started;

	if (!started)
		started = uk_thread_create("net", run, NULL, &attr);
	return started ? 0 : -ENOMEM;
}

static int create(int family, int type, int protocol, struct uk_socket **s)
{
	int rc = inet_start();

	if (rc)
		return rc;
	if (type == UK_SOCK_STREAM && (!protocol || protocol == TCP))
		return tcp_create(family, s);
	if (type == UK_SOCK_DGRAM && (!protocol || protocol == UDP))
		return udp_create(family, s);
	return type == UK_SOCK_STREAM || type == UK_SOCK_DGRAM ?
		-EPROTONOSUPPORT : -ESOCKTNOSUPPORT;
}

static int start(void)
{
	return inet_register(create);
}
uk_lib_initcall(start);

/* Programs take it for granted that they can reach somebody. */
static int wait_address(void)
{
	int rc = uk_lwip_wait_address();

	if (rc && rc != -ENODEV)
		uk_pr_warn("%s\n", uk_lwip_why(rc));
	return 0;
}
uk_late_initcall(wait_address);
