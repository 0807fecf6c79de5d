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

/* Ignored unless somebody handles them: SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
 * SIGTTIN, SIGTTOU, SIGURG, SIGWINCH. Nobody could continue what stops. */
#define HARMLESS (BIT(17) | BIT(18) | BIT(19) | BIT(20) | BIT(21) | BIT(22) | \
		  BIT(23) | BIT(28))

struct action process_action[UK_SIGNALS];
static uint64_t anybody;	/* pending for the process */

/* What a handler gets to see of the machine: nothing. */
struct context {
	char zero[968];
};

uint64_t process_pending(const struct uk_task *t)
{
	return (t->pending | anybody) & ~t->blocked;
}

int process_take(struct uk_task *t, uint64_t set)
{
	unsigned long flags = ukplat_irq_save();
	uint64_t both = (t->pending | anybody) & set;
	int sig = both ? __builtin_ctzll(both) + 1 : 0;

	if (sig) {
		if (t->pending & BIT(sig))
			t->pending &= ~BIT(sig);
		else
			anybody &= ~BIT(sig);
	}
	ukplat_irq_restore(flags);
	return sig;
}

static bool ignored(int sig)
{
	uintptr_t h = process_action[sig - 1].none;

	return h == IGNORE || (h == DEFAULT && HARMLESS & BIT(sig));
}

static void handle(struct uk_task *t, int sig)
{
	struct action a = process_action[sig - 1];
	siginfo_t info = { .sig = sig, .code = CODE_USER, .pid = 1 };
	struct context context = { { 0 } };
	uint64_t before = t->blocked;

	if (a.none == DEFAULT)
		uk_crash(UK_DEATH_OTHER, "signal %d, which nobody handles",
			 sig);
	t->blocked |= a.mask | (a.flags & FLAG_NODEFER ? 0 : BIT(sig));
	if (a.flags & FLAG_RESET)
		process_action[sig - 1].none = DEFAULT;
	if (a.flags & FLAG_INFO)
		a.informed(sig, &info, &context);
	else
		a.plain(sig);
	t->blocked = before;
}

bool uk_signal_run(void)
{
	struct uk_task *t = uk_task_self();
	bool any = false;
	int sig;

	while ((sig = process_take(t, ~t->blocked))) {
		if (ignored(sig))
			continue;
		handle(t, sig);
		any = true;
	}
	return any;
}

void uk_signal_send(struct uk_task *t, int sig)
{
	struct uk_task *self = uk_task_self();
	unsigned long flags;

	if (sig >= UK_SIGNAL_FIRST_OWN && sig <= UK_SIGNAL_LAST_OWN) {
		if (t)
			uk_task_poke(t);
		return;
	}
	if (ignored(sig))
		return;
	flags = ukplat_irq_save();
	if (t)
		t->pending |= BIT(sig);
	else
		anybody |= BIT(sig);
	ukplat_irq_restore(flags);
	if (!t)
		t = process_taker(BIT(sig));
	if (t == self)
		uk_signal_run();
	else if (t && process_pending(t))
		uk_task_poke(t);
}
