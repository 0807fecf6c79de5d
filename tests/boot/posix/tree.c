/* SPDX-License-Identifier: BSD-3-Clause */
/* Names, folders, links. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

static int touch(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0666);

	return fd < 0 ? fd : close(fd);
}

static ino_t ino(const char *path)
{
	struct stat st;

	return lstat(path, &st) ? 0 : st.st_ino;
}

static void folders(void)
{
	struct stat st;
	char buf[PATH_MAX];

	CHECK(getcwd(buf, sizeof(buf)) && !strcmp(buf, "/"));
	CHECK(!mkdir("/tmp/d", 0777) && !mkdir("/tmp/d/e/", 0700));
	FAILS(mkdir("/tmp/d", 0777), EEXIST);
	FAILS(mkdir("/", 0777), EEXIST);
	FAILS(mkdir("/tmp/none/e", 0777), ENOENT);
	FAILS(mkdir("", 0777), ENOENT);
	CHECK(!stat("/tmp/d", &st) && S_ISDIR(st.st_mode) && st.st_nlink == 3);
	CHECK((st.st_mode & 07777) == 0755);
	CHECK(!chdir("/tmp/d/e") && getcwd(buf, sizeof(buf)));
	CHECK(!strcmp(buf, "/tmp/d/e"));
	CHECK(!getcwd(buf, 8) && errno == ERANGE);
	CHECK(!touch("f") && ino("/tmp/d/e/f") && ino("../e/./f"));
	CHECK(ino("../../..//tmp/d/e/f") == ino("f"));
	CHECK(ino("/../tmp") == ino("/tmp"));
	FAILS(rmdir("/tmp/d"), ENOTEMPTY);
	FAILS(rmdir("f"), ENOTDIR);
	FAILS(unlink("/tmp/d/e"), EISDIR);
	FAILS(rmdir("."), EINVAL);
	FAILS(open("f/x", O_RDONLY), ENOTDIR);
	FAILS(open("f/", O_RDONLY), ENOTDIR);
	FAILS(open("/tmp/d", O_WRONLY), EISDIR);
	FAILS(open("/tmp/d", O_RDWR | O_CREAT, 0600), EISDIR);
	FAILS(open("f", O_RDONLY | O_DIRECTORY), ENOTDIR);
	/* The working folder goes: nothing is found or made in it. */
	CHECK(!unlink("f") && !rmdir("/tmp/d/e"));
	FAILS(touch("f"), ENOENT);
	FAILS(chdir(".."), ENOENT);
	CHECK(!getcwd(buf, sizeof(buf)) && errno == ENOENT);
	CHECK(!chdir("/tmp") && !rmdir("d"));
	CHECK(!chdir("/dev") && getcwd(buf, 99) && !strcmp(buf, "/dev"));
	CHECK(!chdir("..") && getcwd(buf, 99) && !strcmp(buf, "/"));
	memset(buf, 'x', 300);
	buf[300] = '\0';
	FAILS(touch(buf), ENAMETOOLONG);
	memset(buf, '/', sizeof(buf));
	buf[PATH_MAX - 1] = '\0';
	CHECK(ino(buf) == ino("/"));
}

static void links(void)
{
	char buf[20], *real;

	CHECK(!mkdir("/tmp/l", 0700) && !chdir("/tmp/l") && !touch("f"));
	CHECK(!symlink("f", "s") && !symlink("/tmp/l/s", "t"));
	FAILS(symlink("f", "s"), EEXIST);
	FAILS(symlink("", "u"), ENOENT);
	CHECK(readlink("t", buf, 3) == 3 && !memcmp(buf, "/tm", 3));
	FAILS(readlink("f", buf, 3), EINVAL);
	real = realpath("t", NULL);
	CHECK(real && !strcmp(real, "/tmp/l/f"));
	free(real);
	FAILS(open("t", O_RDONLY | O_NOFOLLOW), ELOOP);
	CHECK(!symlink("c2", "c1") && !symlink("c1", "c2"));
	FAILS(open("c1", O_RDONLY), ELOOP);
	/* A link to what is not there: made where it leads. */
	CHECK(!symlink("new", "n"));
	FAILS(open("n", O_WRONLY | O_CREAT | O_EXCL, 0600), EEXIST);
	CHECK(!touch("n") && ino("new"));
	/* Into a folder and on. */
	CHECK(!symlink("../l", "here") && ino("here/here/f") == ino("f"));
	CHECK(ino("here") != ino("here/"));
	CHECK(!link("f", "hard") && ino("hard") == ino("f"));
	FAILS(link("/tmp/l", "dir"), EPERM);
	FAILS(link("f", "/dev/f"), EXDEV);
	CHECK(!unlink("f") && ino("hard"));
	FAILS(open("t", O_RDONLY), ENOENT);
}

/* Not in the place of another: a call without a function in musl. */
static long move_new(const char *from, const char *to)
{
	return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1);
}

static void moves(void)
{
	ino_t was = ino("hard");

	CHECK(!rename("hard", "g") && ino("g") == was && !ino("hard"));
	CHECK(!touch("old") && !rename("g", "old") && ino("old") == was);
	CHECK(!mkdir("d1", 0700) && !mkdir("d1/in", 0700));
	CHECK(!mkdir("d2", 0700) && !touch("d2/x"));
	FAILS(rename("d1", "d1/in/deep"), EINVAL);
	FAILS(rename("d1", "d2"), ENOTEMPTY);
	FAILS(rename("d1", "old"), ENOTDIR);
	FAILS(rename("old", "d1"), EISDIR);
	FAILS(rename("none", "d1"), ENOENT);
	FAILS(rename("/dev", "d3"), EBUSY);
	CHECK(!unlink("d2/x") && !rename("d1", "d2") && ino("d2/in"));
	CHECK(!link("old", "twin") && !rename("old", "twin"));
	CHECK(ino("old") && ino("twin"));
	CHECK(!move_new("twin", "one"));
	FAILS(move_new("one", "old"), EEXIST);
}

/* All names once, whatever goes meanwhile. */
static void lists(void)
{
	char name[20];
	int n = 0, fd;
	struct dirent *e;
	DIR *d;

	CHECK(!mkdir("/tmp/m", 0700) && !chdir("/tmp/m"));
	for (int i = 0; i < 200; i++) {
		sprintf(name, "file-%d", i);
		CHECK(!touch(name));
	}
	d = opendir(".");
	CHECK(d);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.') {
			CHECK(e->d_type == DT_DIR);
			continue;
		}
		CHECK(e->d_type == DT_REG && e->d_ino == ino(e->d_name));
		CHECK(!unlink(e->d_name) && ++n);
	}
	CHECK(n == 200);
	rewinddir(d);
	for (n = 0; readdir(d); n++)
		;
	CHECK(n == 2 && !closedir(d));
	d = opendir("/dev");
	for (n = 0; d && readdir(d); n++)
		;
	CHECK(n == 7 && !closedir(d));
	/* Relative to a folder that is open. */
	fd = open("/tmp", O_RDONLY | O_DIRECTORY);
	CHECK(!mkdirat(fd, "at", 0700) && !faccessat(fd, "at", R_OK, 0));
	CHECK(!symlinkat("x", fd, "at/s") && !unlinkat(fd, "at/s", 0));
	CHECK(!unlinkat(fd, "at", AT_REMOVEDIR) && !fchdir(fd));
	FAILS(read(fd, name, 1), EISDIR);
	CHECK(!close(fd) && ino("m"));
	FAILS(openat(1, "x", O_RDONLY), ENOTDIR);
	FAILS(openat(60, "x", O_RDONLY), EBADF);
}

static int removed(const char *path, const struct stat *st, int kind,
		   struct FTW *where)
{
	(void)st, (void)kind;
	return where->level ? remove(path) : 0;
}

static void attributes(void)
{
	struct timespec ts[2] = { { 11, 12 }, { 0, UTIME_OMIT } };
	struct stat st;

	CHECK(umask(077) == 022 && !touch("/tmp/u"));
	CHECK(!stat("/tmp/u", &st) && (st.st_mode & 07777) == 0600);
	FAILS(access("/tmp/u", X_OK), EACCES);
	CHECK(!chmod("/tmp/u", 0755) && !access("/tmp/u", R_OK | X_OK));
	CHECK(!chown("/tmp/u", 7, -1) && !utimensat(AT_FDCWD, "/tmp/u", ts, 0));
	CHECK(!stat("/tmp/u", &st) && st.st_uid == 7 && st.st_gid == 0);
	CHECK(st.st_atim.tv_sec == 11 && st.st_atim.tv_nsec == 12);
	CHECK(st.st_mtim.tv_sec > 0 && umask(022) == 077);
	ts[0].tv_nsec = -1;
	FAILS(utimensat(AT_FDCWD, "/tmp/u", ts, 0), EINVAL);
	FAILS(access("/tmp/none", F_OK), ENOENT);
}

void tree(void)
{
	folders();
	links();
	moves();
	lists();
	attributes();
	CHECK(!nftw("/tmp", removed, 4, FTW_DEPTH | FTW_PHYS));
	CHECK(!rmdir("/tmp") && !mkdir("/tmp", 0777));
}
