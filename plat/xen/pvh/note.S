/* SPDX-License-Identifier: BSD-3-Clause */
/* The loader's notes, and what plat/common/entry.S calls. */
#include "machine.h"

#define XEN_ELFNOTE_GUEST_OS 6
#define XEN_ELFNOTE_PHYS32_ENTRY 18

	.section .note.Xen, "a", @note
	.balign	4
	.long	4, 8, XEN_ELFNOTE_GUEST_OS
	.asciz	"Xen"
	.asciz	"redoubt"
	.long	4, 8, XEN_ELFNOTE_PHYS32_ENTRY
	.asciz	"Xen"
	.long	PVH_BASE, 0

	.section .text.boot, "ax", @progbits
	.code32
	/* Nobody can be told: a text needs a hypercall, and that a CPU which
	 * this was found not to be. An exception that cannot be delivered ends
	 * the domain. */
	.globl	pvh_low_refuse
	.hidden	pvh_low_refuse
	.type	pvh_low_refuse, @function
pvh_low_refuse:
	ud2
	.size	pvh_low_refuse, . - pvh_low_refuse
	.globl	pvh_mode_message, pvh_large_message
	.hidden	pvh_mode_message, pvh_large_message
pvh_mode_message:
pvh_large_message:
	.byte	0

	.section .note.GNU-stack, "", @progbits
