/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
#include <uk/syscall.h>

/* The machine stops; destructors are the C library's business. */
UK_SYSCALL_R_DEFINE(long, exit_group, int, status)
{
	UK_SYSCALL_LEAVES("exit_group", status);
	ukplat_exit(status & 0xff);
}
