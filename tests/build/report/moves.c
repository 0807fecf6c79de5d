/* SPDX-License-Identifier: BSD-3-Clause */
/* Of an image that moves at boot: something to relocate, and what must not be. */
int *uk_image_relocate(void);

static int value;
static int *pointer = &value;

int *uk_image_relocate(void)
{
#ifdef ABSOLUTE
	__asm__ __volatile__("movl 0x100010, %%eax" : : : "eax");
#endif
	return *(int *volatile *)&pointer;
}

#ifdef CONSTANT
__asm__(".pushsection .rodata.moves, \"aw\"; .balign 8; .globl moves_constant;"
	"moves_constant: .quad uk_image_relocate; .popsection");
#endif
