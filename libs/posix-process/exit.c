/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/syscall.h>
#include <uk/thread.h>

/* The machine stops; destructors are the C library's business. */
UK_SYSCALL_R_DEFINE(long, exit_group, int, status)
{
	UK_SYSCALL_LEAVES("exit_group", status);
	ukplat_exit(status & 0xff);
}

/* The calling thread ends; the last one takes the image along. */
UK_SYSCALL_R_DEFINE(long, exit, int, status)
{
	UK_SYSCALL_LEAVES("exit", status);
	uk_thread_exit(NULL);
}
