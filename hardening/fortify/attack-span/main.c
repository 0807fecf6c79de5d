/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Spans that come from outside as an address that is right and a length that is
 * not: what goes out tells of the neighbours, what comes in is written over
 * them. The act is the first argument.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME 16
#define TOO_LONG 96

static char packet[TOO_LONG];
static volatile size_t length = TOO_LONG, room = NAME;

/* More came back from the stack than a name. */
static __attribute__((noinline)) int out_of_stack(int copy)
{
	char name[NAME] = "name";

	__asm__ __volatile__("" : : "r"(name) : "memory");
	if (!copy)
		return fwrite(name, 1, length, stdout) == TOO_LONG;
	memcpy(packet, name, length);
	for (size_t i = NAME; i < TOO_LONG; i++)
		if (packet[i])
			return 1;
	return 0;
}

/* Blocks until two lie side by side, the second one behind the first. */
static __attribute__((noinline)) int block(int in)
{
	size_t n = room;
	char *own = malloc(n), *next = malloc(n);

	if (!own || !next)
		return 0;
	if (next - own < 0 || next - own > (long)(TOO_LONG - NAME)) {
		printf("not side by side: %ld\n", (long)(next - own));
		return 0;
	}
	strcpy(next, "secret");
	if (!in)
		return write(1, own, length) == TOO_LONG;
	memset(packet, 'A', sizeof(packet));
	memcpy(own, packet, length);
	return *(volatile char *)next == 'A';
}

static int attack(const char *how)
{
	if (!strcmp(how, "span-out-of-stack"))
		return out_of_stack(0);
	if (!strcmp(how, "copy-out-of-stack"))
		return out_of_stack(1);
	if (!strcmp(how, "span-out-of-block"))
		return block(0);
	if (!strcmp(how, "copy-into-block"))
		return block(1);
	printf("no attack of that name\n");
	exit(2);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "span-out-of-stack";

	if (!attack(how))
		return 3;
	printf("\nSURVIVED: %s\n", how);
	return 0;
}
