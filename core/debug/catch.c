/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Watching a function die. The saved context would be a fine target for
 * whoever can write memory, so it lives in a page of its own that core/boot
 * makes read-only, with `disarmed` set in it, before the application starts.
 */
#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include <uk/crash.h>
#include <uk/plat.h>
#include "screen.h"

/* Where a trap resumes: enough for one call. */
#define LANDING_STACK 256

struct catch {
	bool active, disarmed;
	uintptr_t tlsp;			/* thread that runs uk_catch */
	struct uk_catch_info info;
	void (*look)(void);
	struct ukarch_jmpbuf jb;
	char stack[LANDING_STACK] UK_ALIGNED(16);
};

static struct catch *state UK_RO_AFTER_INIT_ZERO;

void uk_catch_arm(void *page, size_t len)
{
	if (len >= sizeof(*state))
		state = page;
}

void uk_catch_disarm(void)
{
	if (state)
		state->disarmed = true;
}

static bool waiting(void)
{
	return state && !state->disarmed && state->active &&
	       state->tlsp == ukarch_tlsp_get();
}

/* A trap comes back here, on the landing stack and as if called. There is no
 * room for what a sanitizer wants to do first. */
static UK_NORETURN UK_NO_SANITIZE("address") void landing(void)
{
	ukarch_longjmp(&state->jb, 1);
}

bool uk_catch_trap(struct ukarch_trap *t, enum uk_death what)
{
	uintptr_t top;

	if (!waiting())
		return false;
	state->active = false;
	if (state->look)
		state->look();
	state->look = NULL;
	state->info.what = what;
	state->info.kind = t->kind;
	if (t->kind == UKARCH_TRAP_PAGE_FAULT) {
		state->info.access = t->access;
		state->info.addr = t->addr;
	}
	/* A stack pointer right after a call: 16 bytes, less the return. */
	top = (uintptr_t)state->stack + LANDING_STACK;
	ukarch_regs_set(t->regs, (uintptr_t)landing, top - sizeof(uintptr_t));
	return true;
}

void uk_catch_call(enum uk_death what)
{
	if (!waiting())
		return;
	state->active = false;
	state->info.what = what;
	ukarch_longjmp(&state->jb, 1);
}

void uk_catch_look(void (*look)(void))
{
	if (state && !state->disarmed)
		state->look = look;
}

enum uk_death uk_catch(void (*fn)(void *arg), void *arg,
		       struct uk_catch_info *info)
{
	unsigned long irq;

	if (!state || state->disarmed || state->active)
		uk_crash(UK_DEATH_OTHER, "uk_catch %s",
			 !state ? "before it is armed" :
			 state->disarmed ? "after the boot" : "inside another");
	state->info = (struct uk_catch_info){ .what = UK_DEATH_NONE };
	state->tlsp = ukarch_tlsp_get();
	irq = ukplat_irq_save();
	if (!ukarch_setjmp(&state->jb)) {
		ukplat_irq_restore(irq);
		state->active = true;
		fn(arg);
		state->active = false;
	} else {
		ukplat_irq_restore(irq);
	}
	if (info)
		*info = state->info;
	return state->info.what;
}
