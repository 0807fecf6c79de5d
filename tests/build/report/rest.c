/* SPDX-License-Identifier: BSD-3-Clause */
/* What the fixtures call, and the references that keep them in the image. */
struct { int a[4]; int b; } table;

void use(void *p);
void __stack_chk_fail(void);
void *memset(void *p, int c, unsigned long n);
void *memcpy(void *dst, const void *src, unsigned long n);
void uk_fortify_fail(const char *fn);
void uk_shadow_fail(void);
void __x86_indirect_thunk_rax(void);
void __x86_indirect_thunk_r11(void);
void _start(void);

unsigned long uk_shadow_offset;

void uk_shadow_fail(void)
{
	for (;;)
		;
}

void use(void *p)
{
	__asm__ __volatile__("" : : "r"(p) : "memory");
}

void __stack_chk_fail(void)
{
	for (;;)
		;
}

void *memset(void *p, int c, unsigned long n)
{
	for (unsigned long i = 0; i < n; i++)
		((volatile char *)p)[i] = c;
	return p;
}

void *memcpy(void *dst, const void *src, unsigned long n)
{
	for (unsigned long i = 0; i < n; i++)
		((volatile char *)dst)[i] = ((const char *)src)[i];
	return dst;
}

void uk_fortify_fail(const char *fn)
{
	use((void *)fn);
	for (;;)
		;
}

void __x86_indirect_thunk_rax(void)
{
}

void __x86_indirect_thunk_r11(void)
{
}

void _start(void)
{
}
