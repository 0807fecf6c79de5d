/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signals of the one process. Nothing interrupts a thread: its handlers run
 * when it sends to itself, unblocks, or returns from a wait.
 */
#include <uk/crash.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "action.h"

#define BIT(sig) (1ull << ((sig) - 1))
#define CODE_USER 0

/* Signals that are counted, and those with a value (as many as POSIX wants). */
#define QUEUED_MOST 32

/* Ignored unless somebody handles them: SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
 * SIGTTIN, SIGTTOU, SIGURG, SIGWINCH. Nobody could continue what stops. */
#define HARMLESS (BIT(17) | BIT(18) | BIT(19) | BIT(20) | BIT(21) | BIT(22) | \
		  BIT(23) | BIT(28))

struct action process_action[UK_SIGNALS];
static uint64_t anybody;	/* pending for the process */

/* In the order in which they came; each has its bit in `pending` or `anybody`
 * as well. */
static struct queued {
	int tid;		/* 0: anybody */
	int sig, code;
	uint64_t value;
} queue[QUEUED_MOST];
static unsigned int n_queued;

/* What a handler gets to see of the machine: nothing. */
struct context {
	char zero[968];
};

uint64_t process_pending(const struct uk_task *t)
{
	return (t->pending | anybody) & ~t->blocked;
}

/* What came with the first such signal. True: there is another. */
static bool unqueue(int tid, int sig, siginfo_t *info)
{
	unsigned int i, n = 0, first = n_queued;

	for (i = n_queued; i-- > 0;)
		if (queue[i].tid == tid && queue[i].sig == sig) {
			first = i;
			n++;
		}
	if (n == 0)
		return false;
	info->code = queue[first].code;
	info->value = queue[first].value;
	n_queued--;
	for (i = first; i < n_queued; i++)
		queue[i] = queue[i + 1];
	return n > 1;
}

int process_take(struct uk_task *t, uint64_t set, siginfo_t *info)
{
	unsigned long flags = ukplat_irq_save();
	uint64_t both = (t->pending | anybody) & set;
	int sig = both ? __builtin_ctzll(both) + 1 : 0;

	if (sig) {
		bool own = t->pending & BIT(sig);

		*info = (siginfo_t){ .sig = sig, .code = CODE_USER, .pid = 1 };
		if (!unqueue(own ? t->tid : 0, sig, info))
			*(own ? &t->pending : &anybody) &= ~BIT(sig);
	}
	ukplat_irq_restore(flags);
	return sig;
}

static bool ignored(int sig)
{
	uintptr_t h = process_action[sig - 1].none;

	return h == IGNORE || (h == DEFAULT && HARMLESS & BIT(sig));
}

static void handle(struct uk_task *t, siginfo_t *info)
{
	int sig = info->sig;
	struct action a = process_action[sig - 1];
	struct context context = { { 0 } };
	uint64_t before = t->blocked;

	if (a.none == DEFAULT)
		uk_crash(UK_DEATH_OTHER, "signal %d, which nobody handles",
			 sig);
	t->blocked |= a.mask | (a.flags & FLAG_NODEFER ? 0 : BIT(sig));
	if (a.flags & FLAG_RESET)
		process_action[sig - 1].none = DEFAULT;
	if (a.flags & FLAG_INFO)
		a.informed(sig, info, &context);
	else
		a.plain(sig);
	t->blocked = before;
}

bool uk_signal_run(void)
{
	struct uk_task *t = uk_task_self();
	bool any = false;
	siginfo_t info;

	while (process_take(t, ~t->blocked, &info)) {
		if (ignored(info.sig))
			continue;
		handle(t, &info);
		any = true;
	}
	return any;
}

/* Nobody will ever want it. One that is blocked may find a handler, or somebody
 * who waits for it, until it is not. */
static bool dropped(const struct uk_task *t, int sig)
{
	t = t ? t : uk_task_self();
	return ignored(sig) && !(t->blocked & BIT(sig));
}

/* Pending from now on. With `q` there has to be room for it. */
static int pend(struct uk_task *t, int sig, const struct queued *q)
{
	unsigned long flags = ukplat_irq_save();
	int rc = q && n_queued == QUEUED_MOST ? -EAGAIN : 0;

	if (q && !rc)
		queue[n_queued++] = *q;
	if (!rc)
		*(t ? &t->pending : &anybody) |= BIT(sig);
	ukplat_irq_restore(flags);
	return rc;
}

/* Whoever takes it does so now, or ends its wait. */
static void deliver(struct uk_task *t, int sig)
{
	struct uk_task *self = uk_task_self();

	if (!t)
		t = process_taker(BIT(sig));
	if (t == self)
		uk_signal_run();
	else if (t && process_pending(t))
		uk_task_poke(t);
}

void uk_signal_send(struct uk_task *t, int sig)
{
	const struct queued q = { t ? t->tid : 0, sig, CODE_USER, 0 };

	if (sig >= UK_SIGNAL_FIRST_OWN && sig <= UK_SIGNAL_LAST_OWN) {
		if (t)
			uk_task_poke(t);
		return;
	}
	if (dropped(t, sig))
		return;
	/* Those behind the C library's are counted while there is room. */
	if (sig < UK_SIGNAL_FIRST_OWN || pend(t, sig, &q))
		pend(t, sig, NULL);
	deliver(t, sig);
}

int process_queue(int sig, int code, uint64_t value)
{
	const struct queued q = { 0, sig, code, value };
	int rc;

	if (dropped(NULL, sig))
		return 0;
	rc = pend(NULL, sig, &q);
	if (!rc)
		deliver(NULL, sig);
	return rc;
}
