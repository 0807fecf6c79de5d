/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in files, and devices. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "check.h"

static char big[20000], back[20000];

static void contents(void)
{
	int fd = open("/tmp/a", O_RDWR | O_CREAT | O_EXCL, 0666), same;
	struct stat st;

	CHECK(fd >= 0);
	FAILS(open("/tmp/a", O_RDWR | O_CREAT | O_EXCL, 0666), EEXIST);
	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = (char)(i * 7 + i / 256);
	CHECK(write(fd, big, sizeof(big)) == sizeof(big));
	CHECK(lseek(fd, 0, SEEK_CUR) == sizeof(big));
	CHECK(read(fd, back, 10) == 0);
	CHECK(pread(fd, back, sizeof(back), 0) == sizeof(back));
	CHECK(!memcmp(big, back, sizeof(big)));
	CHECK(pread(fd, back, 100, 19990) == 10);
	CHECK(pread(fd, back, 100, 1l << 50) == 0);
	FAILS(pread(fd, back, 100, -1), EINVAL);
	/* A hole, in the middle and behind the end. */
	CHECK(pwrite(fd, "end", 3, 100000) == 3);
	CHECK(!fstat(fd, &st) && st.st_size == 100003 && S_ISREG(st.st_mode));
	CHECK((st.st_mode & 07777) == 0644 && st.st_nlink == 1);
	CHECK(pread(fd, back, 8192, 60000) == 8192 && !back[0] && !back[8191]);
	/* Cut off in the middle of a block; what comes again is zero. */
	CHECK(!ftruncate(fd, 5000) && !ftruncate(fd, 6000));
	CHECK(pread(fd, back, 6000, 0) == 6000 && !memcmp(big, back, 5000));
	CHECK(!back[5000] && !back[5999]);
	FAILS(ftruncate(fd, -1), EINVAL);
	CHECK(lseek(fd, -1, SEEK_END) == 5999);
	FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	FAILS(lseek(fd, 0, 77), EINVAL);
	/* The position is the file's, whatever the descriptor. */
	same = dup(fd);
	CHECK(lseek(same, 7, SEEK_SET) == 7 && lseek(fd, 0, SEEK_CUR) == 7);
	CHECK(!close(same) && !close(fd));
	/* Behind all that others write. */
	fd = open("/tmp/a", O_WRONLY | O_TRUNC | O_APPEND);
	CHECK(write(fd, "ab", 2) == 2 && lseek(fd, 0, SEEK_SET) == 0);
	CHECK(write(fd, "cd", 2) == 2 && !fstat(fd, &st) && st.st_size == 4);
	FAILS(read(fd, back, 1), EBADF);
	CHECK(!fsync(fd) && !fdatasync(fd) && !close(fd));
	FAILS(fsync(fd), EBADF);
	/* Gone by name, and there as long as it is open. */
	fd = open("/tmp/a", O_RDONLY);
	CHECK(!unlink("/tmp/a") && read(fd, back, 9) == 4);
	FAILS(write(fd, "x", 1), EBADF);
	CHECK(!memcmp(back, "abcd", 4) && !close(fd));
	FAILS(open("/tmp/a", O_RDONLY), ENOENT);
}

static const char *name(int n)
{
	static char s[20];

	sprintf(s, "/tmp/%d", n);
	return s;
}

/* As much as is allowed, then no more; all of it comes back. */
static void full(void)
{
	int fd = open("/tmp/full", O_RDWR | O_CREAT, 0600), n, rounds[2];

	for (int k = 0; k < 2; k++) {
		rounds[k] = 0;
		while ((n = write(fd, big, sizeof(big))) == sizeof(big))
			rounds[k]++;
		/* What still fits, then nothing. */
		while (n > 0)
			n = write(fd, big, sizeof(big));
		CHECK(n == -1 && errno == ENOSPC);
		/* Names take room as well. */
		for (n = 0; n < 100 && !mkdir(name(n), 0700); n++)
			;
		CHECK(n < 100 && errno == ENOSPC);
		while (n > 0)
			CHECK(!rmdir(name(--n)));
		CHECK(!ftruncate(fd, 0) && lseek(fd, 0, SEEK_SET) == 0);
	}
	CHECK(rounds[0] == rounds[1] && rounds[0] > 10);
	FAILS(pwrite(fd, "x", 1, 1l << 45), EFBIG);
	CHECK(!close(fd) && !unlink("/tmp/full"));
}

static void devices(void)
{
	int fd = open("/dev/null", O_RDWR), e = epoll_create(1);
	struct epoll_event ev = { EPOLLIN, { 0 } };
	struct stat st;

	CHECK(write(fd, "x", 1) == 1 && read(fd, back, 9) == 0);
	CHECK(!fstat(fd, &st) && S_ISCHR(st.st_mode) && st.st_rdev == 0x103);
	CHECK(!isatty(fd) && errno == ENOTTY);
	FAILS(epoll_ctl(e, EPOLL_CTL_ADD, fd, &ev), EPERM);
	CHECK(!close(fd) && !close(e));
	fd = open("/dev/zero", O_RDONLY);
	memset(back, 1, sizeof(back));
	CHECK(read(fd, back, 9) == 9 && !back[0] && !back[8] && back[9] == 1);
	CHECK(!close(fd));
	fd = open("/dev/full", O_WRONLY);
	FAILS(write(fd, "x", 1), ENOSPC);
	CHECK(!close(fd));
	fd = open("/dev/urandom", O_RDONLY);
	CHECK(read(fd, back, 32) == 32 && read(fd, back + 32, 32) == 32);
	CHECK(memcmp(back, back + 32, 32) && !close(fd));
	CHECK(!stat("/dev/random", &st) && S_ISCHR(st.st_mode));
	FAILS(open("/dev/new", O_RDWR | O_CREAT, 0600), EPERM);
	FAILS(unlink("/dev/null"), EPERM);
	FAILS(rmdir("/dev"), EBUSY);
	FAILS(rename("/dev/null", "/tmp/null"), EXDEV);
}

static void mapped(int fd)
{
	char *p = mmap(NULL, 12000, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd,
		       12288);

	CHECK(p != MAP_FAILED && !memcmp(p, big + 12288, 20000 - 12288));
	CHECK(!p[20000 - 12288] && !p[11999]);
	p[0]++;
	CHECK(pread(fd, back, 1, 12288) == 1 && back[0] == big[12288]);
	CHECK(!munmap(p, 12000));
	p = mmap(NULL, 100, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(p != MAP_FAILED && !memcmp(p, big, 100) && !munmap(p, 100));
	CHECK(mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) ==
	      MAP_FAILED && errno == ENODEV);
	CHECK(mmap(NULL, 100, PROT_READ, MAP_PRIVATE, fd, 100) == MAP_FAILED &&
	      errno == EINVAL);
	CHECK(mmap(NULL, 100, PROT_READ, MAP_PRIVATE, 1, 0) == MAP_FAILED &&
	      errno == ENODEV);
	CHECK(mmap(NULL, 100, PROT_READ, MAP_PRIVATE, 9, 0) == MAP_FAILED &&
	      errno == EBADF);
}

static void whole_way(void)
{
	int in = open("/tmp/in", O_RDWR | O_CREAT, 0600), end[2];
	off_t at = 10000;
	FILE *f;

	CHECK(write(in, big, sizeof(big)) == sizeof(big) && !pipe(end));
	CHECK(sendfile(end[1], in, &at, 3000) == 3000 && at == 13000);
	CHECK(read(end[0], back, 5000) == 3000);
	CHECK(!memcmp(back, big + 10000, 3000));
	FAILS(sendfile(in, end[0], NULL, 1), EINVAL);
	CHECK(!close(end[0]) && !close(end[1]));
	mapped(in);
	CHECK(!close(in));
	/* Through stdio. */
	f = fopen("/tmp/in", "r+");
	CHECK(f && fseek(f, 100, SEEK_SET) == 0 && fgetc(f) == (unsigned char)
	      big[100] && fseek(f, 0, SEEK_END) == 0 && ftell(f) == 20000);
	CHECK(fprintf(f, "%d\n", 4711) == 5 && !fclose(f));
	f = fopen("/tmp/in", "a+");
	CHECK(f && fseek(f, -5, SEEK_END) == 0 && fgets(back, 9, f));
	CHECK(!strcmp(back, "4711\n") && !fclose(f) && !remove("/tmp/in"));
	f = tmpfile();
	CHECK(f && fputs("x", f) >= 0 && !fclose(f));
}

void files(void)
{
	contents();
	full();
	devices();
	whole_way();
}
