/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_process: what happens when a signal arrives. */
#pragma once

#include <uk/essentials.h>
#include "process.h"

/* In the place of a handler. */
#define DEFAULT	0ul
#define IGNORE	1ul

#define FLAG_INFO	0x00000004ul
#define FLAG_NODEFER	0x40000000ul
#define FLAG_RESET	0x80000000ul

/* As the kernel lays it out, as far as it is used. The name is that of C
 * libraries: it is part of the type that a handler has (mitigation kcfi). */
typedef struct {
	int sig, error, code, pad;
	int pid, uid;
	uint64_t value;
	char rest[96];
} siginfo_t;
UK_CTASSERT(sizeof(siginfo_t) == 128);

/* As the kernel lays it out; flags say which of the handlers it is. */
struct action {
	union {
		uintptr_t none;		/* DEFAULT, IGNORE */
		void (*plain)(int sig);
		void (*informed)(int sig, siginfo_t *info, void *context);
	};
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

extern struct action process_action[UK_SIGNALS];

/* Take one signal of `set` that is pending for t or anybody: its number, 0 if
 * there is none; *info says more. */
int process_take(struct uk_task *t, uint64_t set, siginfo_t *info);
/* Send one with a value to the process. -EAGAIN: too many wait already. */
int process_queue(int sig, int code, uint64_t value);
