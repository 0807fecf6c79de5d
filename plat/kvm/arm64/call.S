/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls of who is outside: arguments are in x0 and x1 already. power.c knows
 * these functions' first instructions. */
#include <uk/arch/type.h>

#define FUNCTION(name)							\
	.section .text.name, "ax", @progbits;				\
	.globl	name;							\
	.hidden	name;							\
	.type	name, @function;					\
	.balign	4;							\
	UKARCH_TYPE(name)						\
name:
#define END(name) .size name, . - name

FUNCTION(kvm_ask_host)
	hlt	#0xf000
	ret
END(kvm_ask_host)

FUNCTION(kvm_call_hvc)
	hvc	#0
	ret
END(kvm_call_hvc)

FUNCTION(kvm_call_smc)
	smc	#0
	ret
END(kvm_call_smc)

	.section .note.GNU-stack, "", @progbits
