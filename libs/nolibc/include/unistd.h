/* SPDX-License-Identifier: BSD-3-Clause */
/* Of POSIX only what an image without processes and files can mean. */
#pragma once

#include <stddef.h>
#include <sys/cdefs.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

__BEGIN_DECLS
/* Options one after the other, GNU's way: operands move behind the options
 * unless optstring begins with '+' (stop at the first operand) or '-' (hand
 * operands out as option 1); "a::" takes an argument only if attached. */
extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *optstring);

/* fd 1 or 2: the console. -1 with errno = EBADF for any other. */
ssize_t write(int fd, const void *buf, size_t n);
unsigned int sleep(unsigned int seconds);
int usleep(useconds_t usec);
__attribute__((noreturn)) void _exit(int status);
__END_DECLS
