/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "file.h"

void die(const char *file, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s: %s: ", tool, file);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *must(void *p)
{
	if (!p)
		die("memory", "not enough");
	return p;
}

void *file_room(size_t size)
{
	const size_t large = size < 1ul << 19 ? 4096 : 2ul << 20;
	size_t len = (size + large) & -large;
	uintptr_t at = (uintptr_t)mmap(NULL, len + large,
				       PROT_READ | PROT_WRITE,
				       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if ((void *)at == MAP_FAILED)
		die("memory", "not enough");
	at = (at + large - 1) & -large;
	/* Not for what would be mostly empty. */
	if (large > 4096)
		madvise((void *)at, len, MADV_HUGEPAGE);
	return (void *)at;
}

struct file file_read(const char *name)
{
	struct file f = { .name = name };
	struct stat st;
	size_t got = 0;
	ssize_t n;
	int fd = open(name, O_RDONLY);

	if (fd < 0 || fstat(fd, &st))
		die(name, "%s", strerror(errno));
	f.size = (size_t)st.st_size;
	f.data = file_room(f.size);
	while (got < f.size) {
		n = read(fd, f.data + got, f.size - got);
		if (n <= 0)
			die(name, "cannot be read");
		got += (size_t)n;
	}
	close(fd);
	return f;
}

void file_write(const char *name, const void *data, size_t size, int mode)
{
	char *tmp = must(malloc(strlen(name) + 5));
	const char *p = data;
	ssize_t n;
	int fd;

	sprintf(tmp, "%s.new", name);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC, mode);
	if (fd < 0)
		die(tmp, "%s", strerror(errno));
	for (; size; size -= (size_t)n, p += n) {
		n = write(fd, p, size);
		if (n <= 0)
			die(tmp, "%s", strerror(errno));
	}
	if (close(fd) || rename(tmp, name))
		die(name, "%s", strerror(errno));
	free(tmp);
}
