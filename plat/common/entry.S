/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the PVH entry (check.S) on: 32-bit protected mode, paging off, flat
 * segments, interrupts off, ebx = physical address of the start-info, no
 * stack. Ends in long mode in pvh_start(), on the boot tables and stack.
 *
 * The loader zeroed .bss, but it cannot be relied on: on a machine with little
 * memory QEMU's BIOS runs after the image was loaded and works in the upper
 * end of memory, which may be .bss.
 *
 * The image is linked for where it is loaded: virtual = physical. It runs there
 * until relocate.c has given it another place, and for good where no profile
 * asks for that. LINKED() is that first address, whatever comes later.
 */
#include <uk/arch/entry.h>
#include <uk/arch/system.h>
#include <uk/config.h>
#include "machine.h"

#define CPUID_LONG_MODE	29	/* bit of edx in leaf 0x80000001 */
#define TABLE		0x03	/* present, writable */
#define LARGE_PAGE	0x83	/* present, writable, 2 MiB */

/* From edi to ecx, in pieces of 256 bytes, 16 bytes an instruction. */
.macro clear
1:
	.set	offset, 0
	.rept	16
	movaps	%xmm0, offset(%edi)
	.set	offset, offset + 16
	.endr
	addl	$256, %edi
	cmpl	%ecx, %edi
	jb	1b
.endm

	.section .text.boot, "ax", @progbits
	.code32
	.globl	_start
	.type	_start, @function
_start:
	cli
	cld
	movl	%ebx, %ebp
	movl	$0x80000000, %eax
	cpuid
	cmpl	$0x80000001, %eax
	jb	no_long_mode
	movl	$0x80000001, %eax
	cpuid
	btl	$CPUID_LONG_MODE, %edx
	jnc	no_long_mode

	/* Long mode implies SSE. */
	movl	%cr0, %eax
	andl	$~(UKARCH_CR0_EM | UKARCH_CR0_TS), %eax
	movl	%eax, %cr0
	movl	%cr4, %eax
	orl	$(UKARCH_CR4_OSFXSR | UKARCH_CR4_PAE), %eax
	movl	%eax, %cr4

	/* What starts as zero, and the tables that hold one entry. */
	xorps	%xmm0, %xmm0
	movl	$LINKED(pvh_boot_pdpt), %edi
	movl	$LINKED(pvh_boot_alias), %ecx
	clear
	movl	$LINKED(uk_image_zero_start), %edi
	movl	$LINKED(uk_image_bss_end), %ecx
	clear

	/* Low memory to itself by 2 MiB pages; edi is the image's end. */
	cmpl	$PVH_BOOT_FREE * 0x200000, %edi
	ja	too_large
	cmpl	$PVH_BOOT_MAP_END, %edi
	jae	1f
	movl	$PVH_BOOT_MAP_END, %edi
1:	addl	$LARGE_PAGE, %edi
	movl	$LINKED(pvh_boot_pd), %ecx
	movl	$LARGE_PAGE, %eax
	xorl	%edx, %edx
1:	movl	%eax, (%ecx)
	movl	%edx, 4(%ecx)
	addl	$8, %ecx
	addl	$0x200000, %eax
	cmpl	%edi, %eax
	jb	1b
	movl	$(LINKED(pvh_boot_pd) + TABLE), LINKED(pvh_boot_pdpt)
	movl	$(LINKED(pvh_boot_pdpt) + TABLE), LINKED(pvh_boot_pml4)
	movl	$LINKED(pvh_boot_pml4), %eax
	movl	%eax, %cr3

	movl	$UKARCH_MSR_EFER, %ecx
	rdmsr
	orl	$UKARCH_EFER_LME, %eax
	wrmsr
	movl	%cr0, %eax
	orl	$UKARCH_CR0_PG, %eax
	movl	%eax, %cr0
	lgdt	LINKED(pvh_gdt_pointer)
	ljmp	$UKARCH_SEL_CODE, $LINKED(pvh_long_mode)

/* What no C code can say. */
too_large:
	movl	$LINKED(pvh_large_message), %esi
	jmp	pvh_low_refuse
no_long_mode:
	movl	$LINKED(pvh_mode_message), %esi
	jmp	pvh_low_refuse
	.size	_start, . - _start

	.code64
	.globl	pvh_long_mode
	.hidden	pvh_long_mode
	.type	pvh_long_mode, @function
pvh_long_mode:
	movl	$UKARCH_SEL_DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs
#ifdef CONFIG_HARDEN_SHUFFLE
	/* Everything but this file moves. A word pushed to .bss now would lie
	 * in a variable of the new order, which begins as zero. */
	leaq	uk_shuffle_stack_end(%rip), %rsp
#else
	leaq	pvh_boot_stack_end(%rip), %rsp
#endif
	movl	%ebp, %eax
	pushq	%rax
	UKARCH_CLEAN_FLAGS
	UKARCH_CLEAN_REGISTERS
	xorl	%ebp, %ebp
	popq	%rbx
	UKARCH_CLEAN_FPU
	call	set_fs
#ifdef CONFIG_HARDEN_SHUFFLE
	subq	$32, %rsp
	movq	%rsp, %rdi
	call	pvh_shuffle_key
	movq	%rsp, %rdi
	call	uk_shuffle_image
	leaq	pvh_boot_stack_end(%rip), %rsp
	call	set_fs
#endif
#ifdef CONFIG_HARDEN_ASLR
	/* The image moves; stack and thread pointer go along. */
	movq	%rbx, %rdi
	call	pvh_relocate
	leaq	pvh_moved(%rip), %rdx
	addq	%rax, %rdx
	addq	%rax, %rsp
	jmp	*%rdx
	.globl	pvh_moved
	.hidden	pvh_moved
pvh_moved:
	call	set_fs
#endif
	movq	%rbx, %rdi
	call	pvh_start
	ud2

	/* A canary may be read from here on; it is 0 until core sets one. */
set_fs:	leaq	boot_tcb(%rip), %rax
	movq	%rax, %rdx
	shrq	$32, %rdx
	movl	$UKARCH_MSR_FS_BASE, %ecx
	wrmsr
	ret
	.size	pvh_long_mode, . - pvh_long_mode

	.balign	4
	.globl	pvh_gdt_pointer
	.hidden	pvh_gdt_pointer
pvh_gdt_pointer:
	.word	5 * 8 - 1
	.long	LINKED(ukarch_gdt)

	.section .bss.boot, "aw", @nobits
	.balign	4096
	.globl	pvh_boot_stack, pvh_boot_stack_end
	.hidden	pvh_boot_stack, pvh_boot_stack_end
pvh_boot_stack:
	.skip	PVH_BOOT_STACK
pvh_boot_stack_end:
boot_tcb:
	.skip	64

/*
 * The boot tables lie below the image, in its first segment: where memory is
 * short, it is short above. Core may use those frames when they are done with.
 */
	.section .low.bss, "aw", @nobits
	.balign	4096
	.globl	pvh_boot_pd, pvh_boot_pdpt, pvh_boot_pml4, pvh_boot_alias
	.hidden	pvh_boot_pd, pvh_boot_pdpt, pvh_boot_pml4, pvh_boot_alias
pvh_boot_pd:
	.skip	4096
pvh_boot_pdpt:
	.skip	4096
pvh_boot_pml4:
	.skip	4096
pvh_boot_alias:
#ifdef CONFIG_HARDEN_ASLR
	.skip	PVH_BOOT_ALIAS * 4096
#endif

	.section .note.GNU-stack, "", @progbits
