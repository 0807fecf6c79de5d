/* SPDX-License-Identifier: BSD-3-Clause */
/* The calls around scheduling: one CPU, one policy, no priorities. */
#include <stdint.h>
#include <uk/sched.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/task.h>

enum { OTHER, FIFO, ROUND_ROBIN, BATCH, IDLE = 5 };

static bool is_policy(int policy)
{
	return (policy >= OTHER && policy <= BATCH) || policy == IDLE;
}

/* 0: the caller. */
static int known(int tid)
{
	return !tid || uk_task_find(tid) ? 0 : -ESRCH;
}

UK_SYSCALL_R_DEFINE(int, sched_yield)
{
	uk_sched_yield();
	return 0;
}

UK_SYSCALL_R_DEFINE(int, sched_getaffinity, int, tid, size_t, size,
		    uint64_t *, set)
{
	int rc = known(tid);

	if (!rc && (size < sizeof(*set) || size % sizeof(*set)))
		rc = -EINVAL;
	if (rc)
		return rc;
	*set = 1;
	return sizeof(*set);
}

UK_SYSCALL_R_DEFINE(int, sched_setaffinity, int, tid, size_t, size,
		    const uint8_t *, set)
{
	int rc = known(tid);

	return rc ? rc : size && set[0] & 1 ? 0 : -EINVAL;
}

UK_SYSCALL_R_DEFINE(int, getcpu, unsigned int *, cpu, unsigned int *, node,
		    void *, unused)
{
	(void)unused;
	if (cpu)
		*cpu = 0;
	if (node)
		*node = 0;
	return 0;
}

/* On one CPU each store is seen in order by all. */
UK_SYSCALL_R_DEFINE(int, membarrier, int, what, unsigned int, flags, int, cpu)
{
	(void)what, (void)flags, (void)cpu;
	__asm__ __volatile__("" : : : "memory");
	return 0;
}

UK_SYSCALL_R_DEFINE(int, sched_get_priority_max, int, policy)
{
	return is_policy(policy) ? 0 : -EINVAL;
}

UK_SYSCALL_R_DEFINE(int, sched_get_priority_min, int, policy)
{
	return is_policy(policy) ? 0 : -EINVAL;
}

UK_SYSCALL_R_DEFINE(int, sched_getscheduler, int, tid)
{
	return known(tid);
}

UK_SYSCALL_R_DEFINE(int, sched_setscheduler, int, tid, int, policy,
		    const int *, param)
{
	int rc = known(tid);

	if (!rc && !is_policy(policy))
		rc = -EINVAL;
	return rc ? rc : policy == OTHER && *param == 0 ? 0 : -EPERM;
}

UK_SYSCALL_R_DEFINE(int, sched_getparam, int, tid, int *, param)
{
	*param = 0;
	return known(tid);
}

UK_SYSCALL_R_DEFINE(int, sched_setparam, int, tid, const int *, param)
{
	int rc = known(tid);

	return rc ? rc : *param ? -EINVAL : 0;
}

/* Nobody is interrupted: a turn has no end. */
UK_SYSCALL_R_DEFINE(int, sched_rr_get_interval, int, tid, int64_t *, ts)
{
	memset(ts, 0, 2 * sizeof(*ts));
	return known(tid);
}

/* The C library tidies up after its threads itself. */
UK_SYSCALL_R_DEFINE(int, set_robust_list, void *, head, size_t, len)
{
	(void)head, (void)len;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, get_robust_list, int, tid, void **, head,
		    size_t *, len)
{
	*head = NULL;
	*len = 0;
	return known(tid);
}

UK_SYSCALL_R_DEFINE(int, set_tid_address, int *, word)
{
	(void)word;
	return uk_task_self()->tid;
}
