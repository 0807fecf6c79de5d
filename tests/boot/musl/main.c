/* SPDX-License-Identifier: BSD-3-Clause */
/* The port of musl in an image: a part of it after the other. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static void last(void)
{
	/* No newline: the end of the image flushes it. */
	printf("at the end");
}

/* What nobody provides fails, and says how. */
static void missing(void)
{
	errno = 0;
	CHECK(chroot("/") == -1 && errno == ENOSYS);
	CHECK(fork() == -1 && errno == ENOSYS);
	CHECK(syscall(SYS_ptrace, 0, 0, 0, 0) == -1 && errno == ENOSYS);
	CHECK(syscall(SYS_getpid) == 1);
	CHECK(!strcmp(strerror(ENOSYS), "Function not implemented"));
	CHECK(write(77, "x", 1) == -1 && errno == EBADF);
}

/* What longjmp reads is sealed here as well (mitigation jmpbuf). */
static void forge(void)
{
	jmp_buf b;

	if (setjmp(b))
		puts("SURVIVED");
	((unsigned long *)b)[5]++;
	longjmp(b, 1);
}

int main(int argc, char *argv[])
{
	if (argc == 2)
		forge();
	CHECK(argc == 1);
	CHECK(!strcmp(argv[0], program_invocation_short_name));
	atexit(last);
	missing();
	text();
	language();
	memory();
	times_of_day();
	signals();
	threads();
	puts("all done");
	return 0;
}
