/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes through descriptors. */
#include <uk/alloc.h>
#include <uk/syscall.h>
#include "fdtab.h"

#define SIGPIPE 13
#define CHUNK 4096	/* of sendfile */

enum { SEEK_SET, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE };

typedef long (*transfer_fn)(struct uk_file *f, struct uk_iter *it,
			    int64_t *pos);

/* pos: NULL is the file's own. */
static long transfer(int fd, const struct uk_iovec *v, int n, int64_t *pos,
		     transfer_fn fn)
{
	struct uk_file *f = uk_fd_get(fd);
	struct uk_iter it;
	long rc;

	if (!f)
		return -EBADF;
	rc = uk_iter_init(&it, v, n);
	if (!rc && pos)
		rc = !f->ops->size ? -ESPIPE : *pos < 0 ? -EINVAL : 0;
	if (!rc)
		rc = fn(f, &it, pos);
	uk_file_put(f);
	if (rc == -EPIPE && fn == uk_file_write)
		uk_signal_send(uk_task_self(), SIGPIPE);
	return rc;
}

UK_SYSCALL_R_DEFINE(long, read, int, fd, void *, buf, size_t, len)
{
	const struct uk_iovec v = { buf, len };

	return transfer(fd, &v, 1, NULL, uk_file_read);
}

UK_SYSCALL_R_DEFINE(long, write, int, fd, const void *, buf, size_t, len)
{
	const struct uk_iovec v = { (void *)(uintptr_t)buf, len };

	return transfer(fd, &v, 1, NULL, uk_file_write);
}

UK_SYSCALL_R_DEFINE(long, readv, int, fd, const struct uk_iovec *, v, int, n)
{
	return transfer(fd, v, n, NULL, uk_file_read);
}

UK_SYSCALL_R_DEFINE(long, writev, int, fd, const struct uk_iovec *, v, int, n)
{
	return transfer(fd, v, n, NULL, uk_file_write);
}

UK_SYSCALL_R_DEFINE(long, pread64, int, fd, void *, buf, size_t, len,
		    int64_t, pos)
{
	const struct uk_iovec v = { buf, len };

	return transfer(fd, &v, 1, &pos, uk_file_read);
}

UK_SYSCALL_R_DEFINE(long, pwrite64, int, fd, const void *, buf, size_t, len,
		    int64_t, pos)
{
	const struct uk_iovec v = { (void *)(uintptr_t)buf, len };

	return transfer(fd, &v, 1, &pos, uk_file_write);
}

/* The position comes in two words, of which a 64-bit program needs one. */
UK_SYSCALL_R_DEFINE(long, preadv, int, fd, const struct uk_iovec *, v, int, n,
		    int64_t, pos, long, high)
{
	(void)high;
	return transfer(fd, v, n, &pos, uk_file_read);
}

UK_SYSCALL_R_DEFINE(long, pwritev, int, fd, const struct uk_iovec *, v, int, n,
		    int64_t, pos, long, high)
{
	(void)high;
	return transfer(fd, v, n, &pos, uk_file_write);
}

static int64_t seek(struct uk_file *f, int64_t offset, int whence)
{
	int64_t size, base, to;

	if (!f->ops->size)
		return -ESPIPE;
	size = f->ops->size(f);
	switch (whence) {
	case SEEK_SET:
		base = 0;
		break;
	case SEEK_CUR:
		base = f->pos;
		break;
	case SEEK_END:
		base = size;
		break;
	case SEEK_DATA:	/* one hole, behind the end */
	case SEEK_HOLE:
		if (offset < 0 || offset >= size)
			return -ENXIO;
		base = whence == SEEK_HOLE ? size - offset : 0;
		break;
	default:
		return -EINVAL;
	}
	if (__builtin_add_overflow(base, offset, &to))
		return -EOVERFLOW;
	if (to < 0)
		return -EINVAL;
	f->pos = to;
	return to;
}

UK_SYSCALL_R_DEFINE(int64_t, lseek, int, fd, int64_t, offset, int, whence)
{
	struct uk_file *f = uk_fd_get(fd);
	int64_t rc;

	if (!f)
		return -EBADF;
	rc = seek(f, offset, whence);
	uk_file_put(f);
	return rc;
}

/* In pieces: what is read and cannot be written is read again later. */
static long pass_on(struct uk_file *to, struct uk_file *from, int64_t *pos,
		    size_t len, char *buf)
{
	size_t done = 0;
	long n = 0;

	while (done < len) {
		const struct uk_iovec v = { buf, UK_MIN(len - done,
							(size_t)CHUNK) };
		struct uk_iter it = { &v, 0, v.len };
		int64_t at = *pos;

		n = uk_file_read(from, &it, &at);
		if (n <= 0)
			break;
		it = (struct uk_iter){ &v, 0, (size_t)n };
		n = uk_file_write(to, &it, NULL);
		if (n <= 0)
			break;
		*pos += n;
		done += (size_t)n;
		if (it.left)
			break;
	}
	return done ? (long)done : n;
}

static long send_file(struct uk_file *to, struct uk_file *from, int64_t *pos,
		      size_t len)
{
	char *buf;
	long n;

	if (!to || !from)
		return -EBADF;
	if (!from->ops->size)
		return pos ? -ESPIPE : -EINVAL;
	if (pos && *pos < 0)
		return -EINVAL;
	buf = uk_malloc(NULL, CHUNK);
	if (!buf)
		return -ENOMEM;
	n = pass_on(to, from, pos ? pos : &from->pos, len, buf);
	uk_free(NULL, buf);
	return n;
}

UK_SYSCALL_R_DEFINE(long, sendfile, int, out, int, in, int64_t *, pos,
		    size_t, len)
{
	struct uk_file *to = uk_fd_get(out), *from = uk_fd_get(in);
	long n = send_file(to, from, pos, UK_MIN(len, (size_t)INT32_MAX));

	if (to)
		uk_file_put(to);
	if (from)
		uk_file_put(from);
	if (n == -EPIPE)
		uk_signal_send(uk_task_self(), SIGPIPE);
	return n;
}
