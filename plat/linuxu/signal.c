/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Traps are signals. The kernel hands over the CPU's own vector and error
 * code, so that decoding is the same as in ring 0; what the handler changes in
 * the registers is what the process resumes with.
 */
#include <uk/arch/decode.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/vm.h>
#include "linuxu.h"
#include "syscall.h"

#define SIGILL	4
#define SIGTRAP	5
#define SIGBUS	7
#define SIGFPE	8
#define SIGSEGV	11
#define SIGPIPE	13
#define SIG_IGN	1ul

#define SA_SIGINFO	0x00000004ul
#define SA_RESTORER	0x04000000ul
#define SA_ONSTACK	0x08000000ul
#define SA_NODEFER	0x40000000ul

#define SET_BYTES	8	/* of a signal set */
#define HANDLER_STACK	(16ul << 10)
#define VECTOR_NONE	255	/* somebody sent the signal */

struct host_sigaction {
	unsigned long handler, flags;
	void (*restorer)(void);
	uint64_t mask;
};

struct host_sigstack {
	void *sp;
	int flags;
	size_t len;
};

struct host_siginfo {
	int signo, error, code;
};

/* What the kernel pushes; vector registers follow. */
struct host_context {
	unsigned long flags;
	void *link;
	struct host_sigstack stack;
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
	uint64_t rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, rflags;
	uint16_t cs, gs, fs, ss;
	uint64_t error, vector, mask, cr2;
};

/* entry.S: where the kernel enters, and where it is left. */
extern void linuxu_signal(int sig, const struct host_siginfo *si,
			  struct host_context *c);
extern void linuxu_sigreturn(void);
void linuxu_trap(int sig, const struct host_siginfo *si,
		 struct host_context *c);

#define EACH_REGISTER(x)						\
	x(r8) x(r9) x(r10) x(r11) x(r12) x(r13) x(r14) x(r15)		\
	x(rdi) x(rsi) x(rbp) x(rbx) x(rdx) x(rax) x(rcx)		\
	x(rsp) x(rip) x(rflags)

#define IN_REGS(r) offsetof(struct ukarch_regs, r) / 8,
#define IN_CONTEXT(r) offsetof(struct host_context, r) / 8,
static const uint8_t in_regs[] = { EACH_REGISTER(IN_REGS) };
static const uint8_t in_context[] = { EACH_REGISTER(IN_CONTEXT) };

/* One after the other, so that not all of what the interrupted code left is in
 * the CPU again (entry-state). */
static UK_NOINLINE void copy(void *to, const uint8_t *to_words,
			     const void *from, const uint8_t *from_words)
{
	for (size_t i = 0; i < sizeof(in_regs); i++)
		((uint64_t *)to)[to_words[i]] =
			((const uint64_t *)from)[from_words[i]];
}

void linuxu_trap(int sig UK_UNUSED, const struct host_siginfo *si,
		 struct host_context *c)
{
	struct ukarch_regs r = {
		/* Sent by kill(2), the context says nothing about why. */
		.vector = si->code > 0 ? c->vector : VECTOR_NONE,
		.error = c->error,
		.cs = c->cs,
		.ss = c->ss,
	};

	copy(&r, in_regs, c, in_context);
	ukarch_trap_deliver(&r, c->cr2);
	copy(c, in_context, &r, in_regs);
}

static void set_action(int sig, unsigned long handler)
{
	/* A trap in the handler is not held back: it is reported, too. */
	struct host_sigaction sa = {
		.handler = handler,
		.flags = SA_SIGINFO | SA_RESTORER | SA_ONSTACK | SA_NODEFER,
		.restorer = linuxu_sigreturn,
	};
	long rc = sys4(SYS_RT_SIGACTION, sig, &sa, 0, SET_BYTES);

	if (rc < 0)
		ukplat_boot_refuse("the host does not let this process handle "
				   "its traps: error", (uint64_t)-rc);
}

void linuxu_signal_init(void)
{
	static const uint8_t traps[] = {
		SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV,
	};
	size_t i;

	ukarch_trap_set_handler(uk_trap_dispatch);
	for (i = 0; i < sizeof(traps); i++)
		set_action(traps[i], (unsigned long)linuxu_signal);
	/* A console that is gone is no reason to die. */
	set_action(SIGPIPE, SIG_IGN);
}

int linuxu_signal_stack(size_t frame_len)
{
	size_t len = UK_ALIGN_UP(frame_len, UK_PAGE_SIZE) + HANDLER_STACK;
	struct host_sigstack ss = { .flags = 0, .len = len };
	void *top;

	ss.sp = uk_stack_alloc("stack:signal", len, &top);
	if (!ss.sp)
		return -ENOMEM;
	return (int)sys2(SYS_SIGALTSTACK, &ss, 0);
}
