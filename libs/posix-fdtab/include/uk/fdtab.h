/* SPDX-License-Identifier: BSD-3-Clause */
/* The descriptor table, for libraries that open files. Thread context; before
 * the scheduler is there, only the thread that boots. */
#pragma once

#include <uk/file.h>

/*
 * Give f the lowest free descriptor: its number. The table takes over the
 * caller's reference. flags: UK_O_CLOEXEC or 0. -EMFILE: the table is full,
 * the reference stays the caller's.
 */
UK_CHECK_RESULT int uk_fd_add(struct uk_file *f, unsigned int flags);
/* The same, but an error closes f: as a system call's last step. */
UK_CHECK_RESULT int uk_fd_give(struct uk_file *f, unsigned int flags);
/* The file of a descriptor, with a reference for the caller; NULL: there is
 * none (-EBADF). */
struct uk_file *uk_fd_get(int fd);
/* Close it: 0 or -EBADF. */
int uk_fd_close(int fd);
