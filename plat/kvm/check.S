/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PVH entry: is the image still what was loaded? QEMU loads it, and then its
 * BIOS runs and works in the upper end of memory. Where memory is short, that
 * is where the image is: text and data are overwritten, and what follows is a
 * reset without a word. So, if memory ends soon after the image: a checksum
 * over all segments, as the build wrote it, before anything of them is used.
 *
 * This must not be overwritten itself. It lies below the image, where the
 * BIOS keeps nothing: between its temporary memory (up to 0x90000) and its
 * data (some KiB below 0xa0000). Each segment's place and size it takes from
 * the ELF program headers, which the linker script puts in front of it.
 *
 * 32-bit protected mode, paging off, flat segments, no stack. In: ebx =
 * physical address of the start-info. Nothing that it says is trusted: what
 * is not understood is left to pvh.c, after the checksum.
 */
#include "kvm.h"

/* As LINKED(), in .low, whose first label this is. */
#define LINKED_LOW(x) (x - kvm_entry + PVH_LOW + 0x400)

#define XEN_ELFNOTE_PHYS32_ENTRY 18

/* struct hvm_start_info and its entries of the memory map */
#define PVH_MAGIC	0x336ec578
#define PVH_VERSION	4
#define PVH_MEMMAP	40
#define PVH_N_MEMMAP	48
#define MAP_BASE	0
#define MAP_SIZE	8
#define MAP_TYPE	16
#define MAP_ENTRY	24
#define MAP_RAM		1
#define MAP_MOST	128

/* Elf64_Ehdr and Elf64_Phdr */
#define EHDR		64
#define PH_TYPE		0
#define PH_PADDR	24
#define PH_FILESZ	32
#define PH_ENTRY	56
#define PT_LOAD		1

/* support/build/sum.h computes the same. */
#define SUM_BASIS	0x811c9dc5
#define SUM_PRIME	16777619
#define SUM_TURN	5

/* No BIOS works further below the end of memory than this. */
#define FAR		0x400000

#define COM1		0x3f8
#define COM1_STATUS	0x3fd
#define COM1_READY	0x20
#define DEBUG_EXIT	0xf4	/* isa-debug-exit of QEMU */
#define EXIT_BOOT	71	/* UK_EXIT_BOOT */

	.section .note.Xen, "a", @note
	.balign	4
	.long	4, 8, XEN_ELFNOTE_PHYS32_ENTRY
	.asciz	"Xen"
	.long	PVH_LOW + 0x400, 0

	/* Right behind the program headers: the build finds it there. */
	.section .low.first, "ax", @progbits
	.globl	kvm_sum
	.hidden	kvm_sum
kvm_sum:
	.long	0

	.section .low, "ax", @progbits
	.code32
	.globl	kvm_entry
	.type	kvm_entry, @function
kvm_entry:
	cli
	cld
	xorl	%ebp, %ebp		/* where RAM ends, if that is known */
	cmpl	$PVH_MAGIC, (%ebx)
	jne	check
	cmpl	$0, PVH_VERSION(%ebx)
	je	check
	movl	PVH_MEMMAP(%ebx), %esi
	movl	PVH_N_MEMMAP(%ebx), %ecx
	leal	-1(%ecx), %eax
	cmpl	$MAP_MOST, %eax
	jae	check

	/* The region of RAM that holds the image */
1:	cmpl	$MAP_RAM, MAP_TYPE(%esi)
	jne	4f
	movl	MAP_BASE(%esi), %eax
	movl	MAP_BASE + 4(%esi), %edx
	movl	%eax, %edi
	testl	%edx, %edx
	jnz	4f
	addl	MAP_SIZE(%esi), %eax
	adcl	MAP_SIZE + 4(%esi), %edx
	jz	2f
	movl	$-1, %eax		/* beyond 4 GiB */
2:	cmpl	%ebp, %eax
	jb	3f
	movl	%eax, %ebp
3:	cmpl	$LINKED_LOW(uk_image_start), %edi
	ja	4f
	cmpl	$LINKED_LOW(uk_image_start), %eax
	jbe	4f
	cmpl	$LINKED_LOW(uk_image_end), %eax
	jb	damaged
	cmpl	$(LINKED_LOW(uk_image_end) + FAR), %eax
	jae	_start
	jmp	check
4:	addl	$MAP_ENTRY, %esi
	loop	1b

	/* The first header is that of the segment that this is in. */
check:
	movl	$SUM_BASIS, %edi
	movl	$(PVH_LOW + EHDR + PH_ENTRY), %edx
1:	cmpl	$PT_LOAD, PH_TYPE(%edx)
	jne	5f
	movl	PH_PADDR(%edx), %esi
	movl	PH_FILESZ(%edx), %ecx
	shrl	$2, %ecx
	jecxz	3f
2:	lodsl				/* eax: the word, edi: the sum */
	xorl	%eax, %edi
	roll	$SUM_TURN, %edi
	imull	$SUM_PRIME, %edi, %edi
	loop	2b
3:	movl	PH_FILESZ(%edx), %ecx
	andl	$3, %ecx
	jecxz	5f
	xorl	%eax, %eax
4:	lodsb
	xorl	%eax, %edi
	roll	$SUM_TURN, %edi
	imull	$SUM_PRIME, %edi, %edi
	loop	4b
5:	addl	$PH_ENTRY, %edx
	cmpl	$LINKED_LOW(kvm_sum), %edx
	jb	1b
	cmpl	%edi, LINKED_LOW(kvm_sum)
	je	_start

damaged:
	movl	$PVH_LOW, %esp
	movl	$LINKED_LOW(kvm_damage_message), %esi
	call	say
	shrl	$10, %ebp
	movl	%ebp, %eax
	movl	$10, %ecx
	pushl	$0
	movl	%esp, %edi
1:	xorl	%edx, %edx
	divl	%ecx
	addb	$'0', %dl
	decl	%edi
	movb	%dl, (%edi)
	testl	%eax, %eax
	jnz	1b
	movl	%edi, %esp
	movl	%edi, %esi
	call	say
	movl	$LINKED_LOW(kvm_advice), %esi

	/* esi: why. Any stack: it gets one that nobody needs any more. */
	.globl	pvh_low_refuse
	.hidden	pvh_low_refuse
pvh_low_refuse:
	movl	$PVH_LOW, %esp
	call	say
	movb	$EXIT_BOOT, %al
	outb	%al, $DEBUG_EXIT
1:	hlt
	jmp	1b

/* The string at esi, to COM1 as the loader left it. */
say:
	lodsb
	testb	%al, %al
	jz	2f
	movb	%al, %ah
	movl	$0x10000, %ecx		/* a dead port holds nobody up */
	movw	$COM1_STATUS, %dx
1:	inb	%dx, %al
	testb	$COM1_READY, %al
	loopz	1b
	movw	$COM1, %dx
	movb	%ah, %al
	outb	%al, %dx
	jmp	say
2:	ret
	.size	kvm_entry, . - kvm_entry

	.globl	kvm_damage_message, kvm_advice
	.hidden	kvm_damage_message, kvm_advice
kvm_damage_message:
	.asciz	"Boot refused: the image does not fit into memory or was damaged there before it started (RAM ends at "
kvm_advice:
	.asciz	" KiB): give the machine more\r\n"
	.globl	pvh_mode_message, pvh_large_message
	.hidden	pvh_mode_message, pvh_large_message
pvh_mode_message:
	.asciz	"Boot refused: this CPU has no 64-bit mode: use another\r\n"
pvh_large_message:
	.asciz	"Boot refused: the image ends beyond 896 MiB: make it smaller\r\n"

	.section .note.GNU-stack, "", @progbits
