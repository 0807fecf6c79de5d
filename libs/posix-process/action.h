/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_process: what happens when a signal arrives. */
#pragma once

#include "process.h"

/* In the place of a handler. */
#define DEFAULT	0ul
#define IGNORE	1ul

#define FLAG_INFO	0x00000004ul
#define FLAG_NODEFER	0x40000000ul
#define FLAG_RESET	0x80000000ul

/* As the kernel lays it out; flags say which of the handlers it is. */
struct action {
	union {
		uintptr_t none;		/* DEFAULT, IGNORE */
		void (*plain)(int sig);
		void (*informed)(int sig, void *info, void *context);
	};
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

extern struct action process_action[UK_SIGNALS];
