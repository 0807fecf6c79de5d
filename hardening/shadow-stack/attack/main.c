/* SPDX-License-Identifier: BSD-3-Clause */
#include <attack/disclose.h>

/* The stack is as after a return. */
void land(void);
__asm__(".text\n"
	".globl land\n"
	"land:	andq $-16, %rsp\n"
	"	call disclose\n");
#define TOUCHED()

#include <attack/returns.h>
