/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls of Linux on x86_64: the numbers and constants that are used
 * here, nothing more. Results are the kernel's: negative errno on failure.
 */
#pragma once

#define SYS_READ		0
#define SYS_WRITE		1
#define SYS_OPEN		2
#define SYS_CLOSE		3
#define SYS_FSTAT		5
#define SYS_MMAP		9
#define SYS_MPROTECT		10
#define SYS_MUNMAP		11
#define SYS_RT_SIGACTION	13
#define SYS_RT_SIGRETURN	15
#define SYS_FTRUNCATE		77
#define SYS_SIGALTSTACK		131
#define SYS_ARCH_PRCTL		158
#define SYS_CLOCK_GETTIME	228
#define SYS_EXIT_GROUP		231
#define SYS_PPOLL		271
#define SYS_GETRANDOM		318
#define SYS_MEMFD_CREATE	319

#define ARCH_SET_FS		0x1002
#define ARCH_GET_FS		0x1003

#define PROT_READ		1
#define PROT_WRITE		2
#define PROT_EXEC		4
#define MAP_SHARED		0x01
#define MAP_PRIVATE		0x02
#define MAP_ANONYMOUS		0x20
#define MAP_NORESERVE		0x4000
#define MAP_FIXED_NOREPLACE	0x100000
#define MFD_CLOEXEC		1
#define MFD_NOEXEC_SEAL		8

#define O_CLOEXEC		02000000
#define POLLIN			1
#define POLLOUT			4

#ifndef __ASSEMBLER__

#include <stdint.h>

static inline long linuxu_syscall(long nr, long a, long b, long c, long d,
				  long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long rc;

	__asm__ __volatile__("syscall"
			     : "=a"(rc)
			     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10),
			       "r"(r8), "r"(r9)
			     : "rcx", "r11", "memory");
	return rc;
}

#define sys6(nr, a, b, c, d, e, f)					\
	linuxu_syscall(nr, (long)(a), (long)(b), (long)(c), (long)(d),	\
		       (long)(e), (long)(f))
#define sys5(nr, a, b, c, d, e) sys6(nr, a, b, c, d, e, 0)
#define sys4(nr, a, b, c, d) sys6(nr, a, b, c, d, 0, 0)
#define sys3(nr, a, b, c) sys6(nr, a, b, c, 0, 0, 0)
#define sys2(nr, a, b) sys6(nr, a, b, 0, 0, 0, 0)
#define sys1(nr, a) sys6(nr, a, 0, 0, 0, 0, 0)

struct host_time {
	int64_t sec, nsec;
};

struct host_poll {
	int fd;
	int16_t events, revents;
};

#endif
