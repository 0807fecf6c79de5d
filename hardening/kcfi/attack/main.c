/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A pointer to a function lies behind a buffer, and the buffer is filled from
 * outside. Where both lie is the act, and what the pointer is turned to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

struct request {
	char name[24];
	long (*handle)(long);
};

static long honest(long x)
{
	return x + 1;
}

/* What the attacker wants: another type, so never meant for this pointer. */
static UK_NOINLINE int secret(const char *text, int n)
{
	(void)text;
	(void)n;
	printf("SURVIVED: the attacker's function was called\n");
	exit(0);
}

/* Three bytes that do nothing, and then the act: what is jumped into. */
__attribute__((naked)) static void gadget(void)
{
	__asm__ __volatile__("xorl %eax, %eax\n\tud2\n\tjmp disclose");
}
UK_USED UK_NORETURN void disclose(void);
void disclose(void)
{
	printf("SURVIVED: the middle of a function was called\n");
	_Exit(0);
}

static struct request in_bss;
static struct request in_data = { "data", honest };

/* The flaw: as much as there is, whatever fits. */
static UK_NOINLINE void receive(struct request *r, uintptr_t target)
{
	char bytes[sizeof(*r)];
	volatile char *to = (char *)r;

	memset(bytes, 'A', sizeof(bytes));
	memcpy(bytes + offsetof(struct request, handle), &target,
	       sizeof(target));
	for (size_t i = 0; i < sizeof(bytes); i++)
		to[i] = bytes[i];
}

static UK_NOINLINE long serve(struct request *r, uintptr_t target)
{
	r->handle = honest;
	receive(r, target);
	return r->handle((long)"an argument");
}

static long attack(const char *act)
{
	struct request on_stack;
	uintptr_t other = (uintptr_t)secret;

	/* The compiler shall not know what is called. */
	__asm__ __volatile__("" : "+r"(other));
	if (!strcmp(act, "call-wrong-type"))
		return ((long (*)(long))other)(0);
	if (!strcmp(act, "pointer-in-bss"))
		return serve(&in_bss, other);
	if (!strcmp(act, "pointer-in-data"))
		return serve(&in_data, other);
	if (!strcmp(act, "pointer-on-heap"))
		return serve(malloc(sizeof(struct request)), other);
	if (!strcmp(act, "pointer-on-stack"))
		return serve(&on_stack, other);
	if (!strcmp(act, "call-middle"))
		return serve(&in_bss, (uintptr_t)gadget + 4);
	if (!strcmp(act, "call-libc")) {
		serve(&in_bss, (uintptr_t)puts);
		printf("SURVIVED: the C library was returned to\n");
		return 0;
	}
	printf("no act of that name\n");
	exit(2);
}

int main(int argc, char **argv)
{
	attack(argc > 1 ? argv[1] : "call-wrong-type");
	return 0;
}
