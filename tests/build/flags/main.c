/* SPDX-License-Identifier: BSD-3-Clause */
/* What ../report/fixture.c calls; its functions stay in the image unused. */
void use(void *p);
struct { int a[4]; int b; } table;

void use(void *p)
{
	__asm__ __volatile__("" : : "r"(p) : "memory");
}

int main(void)
{
	return 0;
}
