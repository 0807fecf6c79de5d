/* SPDX-License-Identifier: BSD-3-Clause */
/* A machine that writes down what boot.c asks of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uk/plat.h>

/* What one boot did, in memory that the parent of the process sees. */
struct outcome {
	int status;
	char log[4096];		/* calls, "name " each */
	char console[8192];
};
extern struct outcome *out;

void note(const char *what);

/* What goes wrong on this machine. */
extern bool no_stack, no_tls, no_catch_page, bad_plat, bad_lock;
extern int init_error;
extern int selftest_result;

/* One boot in a process of its own. */
void boot(const char *cmdline, size_t len);
