/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukboot. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/essentials.h>

/* A thread pointer that compiled code can live with: a canary and no
 * thread-local data. Needs no memory; the first thing that happens. */
void boot_tls_early(void);
/* The boot context's own thread-local data, with a new canary, in a guarded
 * range. For a caller without canary whose callers never return. */
void boot_tls_init(void);

/* What lies where, for the crash screen. */
void boot_place_init(void);

/* What the command line becomes. The caller provides the memory. */
struct boot_args {
	char *text;	/* cmdline_len + 1 bytes */
	char **argv;	/* max + 2 pointers */
	size_t max;	/* words that fit */
};
/*
 * Set the libraries' parameters, and make argc and argv of main: returns argc,
 * *argv points into args->argv and is closed by NULL. A bad command line
 * stops the image with UK_EXIT_USAGE and a message, before any parameter is
 * changed.
 */
int boot_args(const struct uk_bootinfo *bi, struct boot_args *args,
	      char ***argv);

/* Print all parameters of the image and exit if uk.help was given. */
void boot_help(void);
