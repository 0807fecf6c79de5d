/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "check.h"

#define MOST 32	/* CONFIG_LIBPOSIX_FDTAB_SIZE */

static void numbers(void)
{
	int a = eventfd(7, 0), b;
	eventfd_t v;

	CHECK(a == 3);
	CHECK(dup(a) == 4);
	CHECK(dup2(a, 20) == 20);
	CHECK(dup2(a, a) == a);
	FAILS(dup3(a, a, 0), EINVAL);
	CHECK(dup3(a, 20, O_CLOEXEC) == 20);
	CHECK(fcntl(20, F_GETFD) == FD_CLOEXEC);
	CHECK(fcntl(a, F_GETFD) == 0);
	CHECK(fcntl(a, F_DUPFD, 10) == 10);
	CHECK(fcntl(a, F_DUPFD_CLOEXEC, 10) == 11);
	CHECK(fcntl(11, F_GETFD) == FD_CLOEXEC);
	FAILS(fcntl(a, F_DUPFD, MOST), EINVAL);
	FAILS(dup(99), EBADF);
	FAILS(dup2(99, 5), EBADF);
	FAILS(dup2(a, MOST), EBADF);
	FAILS(dup2(a, -1), EBADF);
	/* One file, with its flags, whatever it is called. */
	CHECK(!fcntl(4, F_SETFL, O_NONBLOCK));
	CHECK(fcntl(a, F_GETFL) == (O_RDWR | O_NONBLOCK));
	CHECK(!eventfd_read(10, &v) && v == 7);
	FAILS(eventfd_read(20, &v), EAGAIN);
	b = 0;
	CHECK(!ioctl(a, FIONBIO, &b));
	CHECK(fcntl(4, F_GETFL) == O_RDWR);
	CHECK(!close(a) && !close(4) && !close(10) && !close(11));
	CHECK(!eventfd_write(20, 1) && !eventfd_read(20, &v) && v == 1);
	CHECK(!close(20));
	FAILS(close(20), EBADF);
	FAILS(close(-1), EBADF);
	FAILS(close(1 << 30), EBADF);
}

static void full(void)
{
	struct rlimit l;
	int fds[2], last = 0, fd;

	CHECK(!getrlimit(RLIMIT_NOFILE, &l) && l.rlim_cur == MOST);
	while ((fd = eventfd(0, 0)) >= 0)
		last = fd;
	CHECK(errno == EMFILE && last == MOST - 1);
	FAILS(dup(1), EMFILE);
	FAILS(pipe(fds), EMFILE);
	CHECK(!close(5));
	/* One end would find room. */
	FAILS(pipe(fds), EMFILE);
	CHECK(dup(1) == 5);
	CHECK(!close(7) && !close(6) && !pipe(fds) && fds[0] == 6);
	for (fd = 3; fd < MOST; fd++)
		CHECK(!close(fd));
}

static void others(void)
{
	struct stat st;
	struct flock l = { .l_type = F_WRLCK };
	char c;

	CHECK(!fstat(1, &st) && S_ISCHR(st.st_mode));
	CHECK(isatty(0) && isatty(2));
	FAILS(lseek(1, 0, SEEK_CUR), ESPIPE);
	FAILS(pread(0, &c, 1, 0), ESPIPE);
	FAILS(fstat(9, &st), EBADF);
	CHECK(!fcntl(1, F_SETLK, &l) && !flock(1, LOCK_EX));
	FAILS(flock(9, LOCK_EX), EBADF);
	FAILS(fcntl(1, 4711, 0), EINVAL);
	FAILS(ioctl(1, 4711, 0), ENOTTY);
	FAILS(read(9, &c, 1), EBADF);
	/* Standard output goes elsewhere, and comes back. */
	CHECK(dup2(1, 10) == 10 && !close(1));
	FAILS(write(1, "x", 1), EBADF);
	CHECK(dup2(10, 1) == 1 && !close(10));
}

void table(void)
{
	numbers();
	full();
	others();
}
