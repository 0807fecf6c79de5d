/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The classic: a packet says how long it is, and a function believes it. The
 * packet holds nothing but the address of code that the attacker wants to run;
 * one of the copies lands on the return address.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME 32

static struct {
	size_t len;
	uintptr_t payload[16];
} packet;

/* Entered by a return: the stack may be aligned for nobody. */
__attribute__((force_align_arg_pointer)) static void stolen(void)
{
	printf("SURVIVED: a return went to the attacker's code\n");
	exit(0);
}

static __attribute__((noinline)) void copy(char *to, const void *from, size_t n)
{
	const volatile char *p = from;

	for (size_t i = 0; i < n; i++)
		to[i] = p[i];
}

static __attribute__((noinline)) int parse(void)
{
	char name[NAME];

	copy(name, packet.payload, packet.len);
	return name[0];
}

int main(void)
{
	for (int i = 0; i < 16; i++)
		packet.payload[i] = (uintptr_t)stolen;
	packet.len = sizeof(packet.payload);
	return 2 + parse();
}
