/* SPDX-License-Identifier: BSD-3-Clause */
#include <attack/disclose.h>

static UK_NORETURN UK_NOINLINE void land(void)
{
	disclose();
}
/* The return address is read back from the stack. */
#define TOUCHED() __asm__ __volatile__("" : : : "memory", "x30")

#include <attack/returns.h>
