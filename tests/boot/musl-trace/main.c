/* SPDX-License-Identifier: BSD-3-Clause */
/* Each kind of line that the trace has. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	void *p;

	getppid();
	write(1, "six: \n", 6);
	p = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(p, 8192);
	close(9);
	chroot("/");
	syscall(SYS_getgid);
	syscall(12345);
	printf("printed\n");
	_exit(3);
}
