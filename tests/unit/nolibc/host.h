/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host below nolibc, and what the tests share. Names that begin with nl_
 * are nolibc's, the others the host's: declare what a test needs with NL().
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NL(name) extern __typeof__(name) nl_##name

/* nolibc's errno has the numbers of the host's, but is another variable. */
extern __thread int nl_nolibc_errno;
#define nl_errno nl_nolibc_errno

/* What the console got since host_console_clear(), closed by a NUL; and what
 * it will be asked for. */
extern char host_console[4096];
extern size_t host_console_len;
void host_console_clear(void);
void host_console_type(const char *text);

/* exit(), abort() and crashes come back here: */
extern jmp_buf host_gone;
extern int host_status;		/* of the exit */
extern const char *host_crash;	/* its message, NULL = none */

/* The next n allocations fail. */
extern int host_alloc_fail;
/* What the machine's clocks say; sleeping moves the first on. */
extern uint64_t host_time_ns, host_time_wall;

/* Reproducible numbers. */
uint64_t host_random(void);
unsigned int host_below(unsigned int n);
