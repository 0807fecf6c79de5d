/* SPDX-License-Identifier: BSD-3-Clause */
/* The system calls around signals. */
#include <uk/plat.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/time.h>
#include "action.h"

#define SIGKILL 9
#define SIGSTOP 19
#define NEVER_BLOCKED (1ull << (SIGKILL - 1) | 1ull << (SIGSTOP - 1))

enum { BLOCK, UNBLOCK, SET };

struct timespec {
	int64_t sec, nsec;
};

static bool is_signal(int sig)
{
	return sig > 0 && sig <= UK_SIGNALS;
}

UK_SYSCALL_R_DEFINE(int, rt_sigaction, int, sig, const struct action *, act,
		    struct action *, old, size_t, size)
{
	if (size != sizeof(uint64_t) || !is_signal(sig) ||
	    (act && (sig == SIGKILL || sig == SIGSTOP)))
		return -EINVAL;
	if (old)
		*old = process_action[sig - 1];
	if (act)
		process_action[sig - 1] = *act;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, rt_sigprocmask, int, how, const uint64_t *, set,
		    uint64_t *, old, size_t, size)
{
	struct uk_task *t = uk_task_self();
	uint64_t given = set ? *set & ~NEVER_BLOCKED : 0;

	if (size != sizeof(uint64_t) || (set && (how < BLOCK || how > SET)))
		return -EINVAL;
	if (old)
		*old = t->blocked;
	if (!set)
		return 0;
	t->blocked = how == BLOCK ? t->blocked | given :
		     how == UNBLOCK ? t->blocked & ~given : given;
	uk_signal_run();
	return 0;
}

UK_SYSCALL_R_DEFINE(int, rt_sigpending, uint64_t *, set, size_t, size)
{
	struct uk_task *t = uk_task_self(), all = *t;

	if (size != sizeof(uint64_t))
		return -EINVAL;
	all.blocked = 0;
	*set = process_pending(&all) & t->blocked;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, kill, int, pid, int, sig)
{
	if (sig && !is_signal(sig))
		return -EINVAL;
	/* Its own number, its group, all. */
	if (pid != 1 && pid != 0 && pid != -1)
		return -ESRCH;
	if (sig)
		uk_signal_send(NULL, sig);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, rt_sigqueueinfo, int, pid, int, sig,
		    const siginfo_t *, info)
{
	if (sig && !is_signal(sig))
		return -EINVAL;
	if (pid != 1)
		return -ESRCH;
	/* Only the kernel's own have no negative code. */
	if (info->code >= 0)
		return -EPERM;
	return sig ? process_queue(sig, info->code, info->value) : 0;
}

static int to_task(int tid, int sig)
{
	struct uk_task *t = uk_task_find(tid);

	if (tid <= 0 || (sig && !is_signal(sig)))
		return -EINVAL;
	if (!t)
		return -ESRCH;
	if (sig)
		uk_signal_send(t, sig);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, tkill, int, tid, int, sig)
{
	return to_task(tid, sig);
}

UK_SYSCALL_R_DEFINE(int, tgkill, int, pid, int, tid, int, sig)
{
	return pid == 1 ? to_task(tid, sig) : -ESRCH;
}

/* Until a handler has run. */
static int wait_for_handler(void)
{
	unsigned long flags;

	do {
		flags = ukplat_irq_save();
		uk_task_sleep(UKPLAT_FOREVER);
		ukplat_irq_restore(flags);
	} while (!uk_signal_run());
	return -EINTR;
}

UK_SYSCALL_R_DEFINE(int, pause)
{
	return wait_for_handler();
}

UK_SYSCALL_R_DEFINE(int, rt_sigsuspend, const uint64_t *, set, size_t, size)
{
	struct uk_task *t = uk_task_self();
	uint64_t before = t->blocked;
	int rc;

	if (size != sizeof(uint64_t))
		return -EINVAL;
	t->blocked = *set & ~NEVER_BLOCKED;
	rc = wait_for_handler();
	t->blocked = before;
	uk_signal_run();
	return rc;
}

UK_SYSCALL_R_DEFINE(int, rt_sigtimedwait, const uint64_t *, set,
		    siginfo_t *, info, const struct timespec *, ts,
		    size_t, size)
{
	struct uk_task *t = uk_task_self();
	uint64_t before = t->blocked, until = UKPLAT_FOREVER, ns;
	int rc = 0, sig;
	siginfo_t got;
	unsigned long flags;

	if (size != sizeof(uint64_t))
		return -EINVAL;
	if (ts) {
		const struct uk_timespec given = { ts->sec, (int32_t)ts->nsec };

		if (ts->nsec != given.nsec || uk_time_join(&given, &ns))
			return -EINVAL;
		if (__builtin_add_overflow(uk_time_ns(), ns, &until))
			until = UKPLAT_FOREVER;
	}
	t->blocked &= ~*set;
	for (sig = process_take(t, *set, &got); !sig && !rc;
	     sig = process_take(t, *set, &got)) {
		flags = ukplat_irq_save();
		rc = uk_task_sleep(until);
		ukplat_irq_restore(flags);
		/* One of the set, or one that has a handler. */
		if (rc == -EINTR && process_pending(t) & *set)
			rc = 0;
	}
	t->blocked = before;
	if (!sig) {
		uk_signal_run();
		return rc == -ETIMEDOUT ? -EAGAIN : rc;
	}
	if (info)
		*info = got;
	return sig;
}

/* There is no other stack to run handlers on, and no need of one. */
UK_SYSCALL_R_DEFINE(int, sigaltstack, const void *, set, void *, old)
{
	struct { void *base; int flags; size_t size; } none = { NULL, 2, 0 };

	(void)set;
	if (old)
		memcpy(old, &none, sizeof(none));
	return 0;
}
