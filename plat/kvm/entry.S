/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the PVH entry (check.S) on: 32-bit protected mode, paging off, flat
 * segments, interrupts off, ebx = physical address of the start-info, no
 * stack. Ends in long mode in kvm_start(), on the boot tables and stack.
 *
 * The loader zeroed .bss, but it cannot be relied on: on a machine with little
 * memory QEMU's BIOS runs after the image was loaded and works in the upper
 * end of memory, which may be .bss.
 *
 * The image runs where it was loaded: virtual = physical. That is known here
 * and in start.c only.
 */
#include <uk/arch/system.h>
#include "kvm.h"

#define CPUID_LONG_MODE	29	/* bit of edx in leaf 0x80000001 */
#define TABLE		0x03	/* present, writable */
#define LARGE_PAGE	0x83	/* present, writable, 2 MiB */

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

	/* Clear what starts as zero, 16 bytes an instruction; not the boot tables and stack,
	 * of which nothing is read that was not written. */
	xorps	%xmm0, %xmm0
	movl	$uk_image_zero_start, %edi
1:	cmpl	$kvm_boot_pd, %edi
	jne	2f
	movl	$boot_stack_end, %edi
2:
	.set	offset, 0
	.rept	16
	movaps	%xmm0, offset(%edi)
	.set	offset, offset + 16
	.endr
	addl	$256, %edi
	cmpl	$uk_image_bss_end, %edi
	jb	1b

	/* Low memory to itself by 2 MiB pages; edi is the image's end. */
	cmpl	$KVM_BOOT_FREE * 0x200000, %edi
	ja	too_large
	cmpl	$KVM_BOOT_MAP_END, %edi
	jae	1f
	movl	$KVM_BOOT_MAP_END, %edi
1:	addl	$LARGE_PAGE, %edi
	movl	$kvm_boot_pd, %ecx
	movl	$LARGE_PAGE, %eax
	xorl	%edx, %edx
1:	movl	%eax, (%ecx)
	movl	%edx, 4(%ecx)
	addl	$8, %ecx
	addl	$0x200000, %eax
	cmpl	%edi, %eax
	jb	1b
	movl	$(kvm_boot_pd + TABLE), boot_pdpt
	movl	%edx, boot_pdpt + 4
	movl	$(boot_pdpt + TABLE), kvm_boot_pml4
	movl	%edx, kvm_boot_pml4 + 4
	movl	$kvm_boot_pml4, %eax
	movl	%eax, %cr3

	movl	$UKARCH_MSR_EFER, %ecx
	rdmsr
	orl	$UKARCH_EFER_LME, %eax
	wrmsr
	movl	%cr0, %eax
	orl	$UKARCH_CR0_PG, %eax
	movl	%eax, %cr0
	lgdt	gdt_pointer
	ljmp	$UKARCH_SEL_CODE, $long_mode

/* What no C code can say. */
too_large:
	movl	$kvm_large_message, %esi
	jmp	kvm_low_refuse
no_long_mode:
	movl	$kvm_mode_message, %esi
	jmp	kvm_low_refuse

	.code64
long_mode:
	movl	$UKARCH_SEL_DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs
	/* A canary may be read from here on; it is 0 until core sets one. */
	movl	$boot_tcb, %eax
	xorl	%edx, %edx
	movl	$UKARCH_MSR_FS_BASE, %ecx
	wrmsr
	movl	$boot_stack_end, %esp
	movl	%ebp, %edi
	xorl	%ebp, %ebp
	call	kvm_start
	ud2
	.size	_start, . - _start

	.section .rodata.boot, "a", @progbits
gdt_pointer:
	.word	5 * 8 - 1
	.long	ukarch_gdt

/* The tables lie below the stack: an overflow hits what nobody needs any
 * more before it reaches data. */
	.section .bss.boot, "aw", @nobits
	.balign	4096
	.globl	kvm_boot_pd, kvm_boot_pml4
	.hidden	kvm_boot_pd, kvm_boot_pml4
kvm_boot_pd:
	.skip	4096
boot_pdpt:
	.skip	4096
kvm_boot_pml4:
	.skip	4096
boot_stack:
	.skip	KVM_BOOT_STACK
boot_stack_end:
boot_tcb:
	.skip	64

	.section .note.GNU-stack, "", @progbits
