/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Functions of the C library that write past their buffer: to the member
 * behind a text, to the variable behind a struct, to the neighbour on a heap.
 * No canary sees these, and no bound is in the source. The act is the first
 * argument.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME 16

static struct {
	char name[NAME];
	wchar_t wide[NAME];
	int is_admin;
	char secret[8];
	char room[8 * NAME];	/* nothing else is hit */
} session = { .secret = "secret" };

/* From outside: what the compiler knows nothing about. */
static char *request = "A packet with a name much too long for its field, "
	"so long that it reaches what stands behind, and behind that again";
static volatile size_t length = 5 * NAME; /* up to is_admin */

/* A heap of neighbours. */
static __attribute__((noinline, alloc_size(1))) char *carve(size_t n)
{
	static char arena[4 * NAME];
	static size_t used;
	char *p = arena + used;

	used += n;
	return p;
}

/* Is there, after an attack on one block, something in the next? */
static int heap(const char *how)
{
	size_t n = length / NAME;
	char *own = carve(n), *next = carve(NAME);

	if (!strcmp(how, "overflow-memcpy"))
		memcpy(own, request, n + 1);
	else if (!strcmp(how, "overflow-memmove"))
		memmove(own, request, n + 1);
	else
		memset(own, 'x', n + 1);
	return *next;
}

static int act(const char *how)
{
	/* Hides what the compiler would warn of, and refuse to build. */
	__asm__ __volatile__("" : "+r"(request) : : "memory");
	if (!strncmp(how, "overflow-mem", 12))
		return heap(how);
	if (!strcmp(how, "overflow-strcpy"))
		strcpy(session.name, request);
	else if (!strcmp(how, "overflow-strcat"))
		strcat(session.name, request);
	else if (!strcmp(how, "overflow-strncpy"))
		strncpy(session.name, request, length + 1);
	else if (!strcmp(how, "overflow-strncat"))
		strncat(session.name, request, length + 1);
	else if (!strcmp(how, "overflow-strlcpy"))
		strlcpy(session.name, request, length + 2);
	else if (!strcmp(how, "overflow-sprintf"))
		sprintf(session.name, "%s", request);
	else if (!strcmp(how, "overflow-snprintf"))
		snprintf(session.name, length + 2, "%s", request);
	else if (!strcmp(how, "overflow-mbstowcs"))
		mbstowcs(session.wide, request, length / 4);
	else if (!strcmp(how, "overread-write"))
		return write(1, &session, sizeof(session) + length) > 0;
	else
		exit(2);
	return session.is_admin;
}

/* What %n would do nolibc never did; here the attack is that a program tells
 * the attacker, by going on, that his format is used as one. */
static int format_n(void)
{
	int written = 0;
	char *fmt = "%n\n";

	__asm__ __volatile__("" : "+r"(fmt));
	return printf(fmt, &written) < 0 && errno == EINVAL;
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "overflow-memcpy";
	int got = strcmp(how, "format-n") ? act(how) : format_n();

	if (!got)
		return 3;
	printf("\nSURVIVED: %s\n", how);
	return 0;
}
