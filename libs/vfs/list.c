/* SPDX-License-Identifier: BSD-3-Clause */
/* What lies in folders, and the one that paths begin in. */
#include <uk/alloc.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include "vfs.h"

#define DOTS 2	/* "." and ".." come before the folder's own */

/* As the kernel lays it out. */
struct dirent {
	uint64_t ino;
	int64_t next;		/* where to go on behind it */
	uint16_t len;		/* of all of it */
	uint8_t kind;
	char name[];
};
#define HEAD 19u		/* what stands before the name */
UK_CTASSERT(offsetof(struct dirent, name) == HEAD);

struct fill {
	char *at;
	size_t room;
	int64_t next;
	bool full;
};

static bool take(void *arg, const struct uk_entry *e)
{
	struct fill *f = arg;
	size_t len = UK_ALIGN_UP(HEAD + e->len + 1, 8u);
	struct dirent *d = (struct dirent *)f->at;

	if (len > f->room) {
		f->full = true;
		return false;
	}
	memset(d, 0, len);
	d->ino = e->ino;
	d->next = f->next = e->cookie + 1;
	d->len = (uint16_t)len;
	d->kind = (uint8_t)(e->kind >> 12);
	memcpy(d->name, e->name, e->len);
	f->at += len;
	f->room -= len;
	return true;
}

/* The file system's cookies begin at 0. */
static bool take_own(void *arg, const struct uk_entry *e)
{
	struct uk_entry later = *e;

	later.cookie += DOTS;
	return take(arg, &later);
}

static void list(struct uk_node *n, struct fill *f)
{
	struct uk_node *above = vfs_above(n);
	struct uk_entry dots[DOTS] = {
		{ ".", 1, n->ino, UK_S_DIR, 0 },
		{ "..", 2, above ? above->ino : n->ino, UK_S_DIR, 1 },
	};

	while (f->next < DOTS && !f->full)
		take(f, &dots[f->next]);
	if (!f->full)
		n->ops->list(n, f->next - DOTS, take_own, f);
}

static long dents(struct uk_file *file, char *buf, size_t room)
{
	struct uk_node *n = vfs_node_of(file);
	struct fill f = { buf, room, file->pos, false };
	long rc = -ENOTDIR;

	if (n && vfs_is_dir(n) && n->parent == NULL && !vfs_is_root(n))
		rc = -ENOENT;	/* removed */
	else if (n && vfs_is_dir(n)) {
		list(n, &f);
		rc = f.at - buf;
		if (!rc && f.full)
			rc = -EINVAL;
		else
			file->pos = f.next;
	}
	if (n)
		uk_node_put(n);
	return rc;
}

UK_SYSCALL_R_DEFINE(long, getdents64, int, fd, char *, buf, size_t, room)
{
	struct uk_file *f = uk_fd_get(fd);
	long rc;

	if (!f)
		return -EBADF;
	rc = f->pos < 0 ? -EINVAL : dents(f, buf, room);
	uk_file_put(f);
	return rc;
}

/* ---- the working folder -------------------------------------------------- */

struct search {
	uint64_t ino;
	char *at;	/* the name goes in front of it */
	char *start;
	bool found, full;
};

static bool compare(void *arg, const struct uk_entry *e)
{
	struct search *s = arg;

	if (e->ino != s->ino)
		return true;
	s->found = true;
	s->full = e->len + 1 > (size_t)(s->at - s->start);
	if (!s->full) {
		s->at -= e->len + 1;
		s->at[0] = '/';
		memcpy(s->at + 1, e->name, e->len);
	}
	return false;
}

/* From the back: the names above n, into [s->start, s->at). */
static int name_of(struct uk_node *n, struct search *s)
{
	struct uk_node *above;

	for (; n != vfs_root; n = above) {
		above = vfs_above(n);
		while (n->covers)
			n = n->covers;
		if (n == vfs_root)
			break;
		s->found = false;
		s->ino = n->ino;
		if (above)
			above->ops->list(above, 0, compare, s);
		if (!s->found || s->full)
			return s->full ? -ERANGE : -ENOENT;
	}
	return 0;
}

UK_SYSCALL_R_DEFINE(long, getcwd, char *, buf, size_t, room)
{
	struct search s = { .start = buf };
	size_t len;
	int rc;

	if (!vfs_cwd)
		return -ENOENT;
	if (room < 2)
		return -ERANGE;
	s.at = buf + room - 1;
	*s.at = '\0';
	rc = name_of(vfs_cwd, &s);
	if (rc)
		return rc;
	if (!*s.at)
		*--s.at = '/';
	len = (size_t)(buf + room - s.at);
	memmove(buf, s.at, len);
	return (long)len;
}

static int change_to(struct uk_node *n)
{
	if (!vfs_is_dir(n)) {
		uk_node_put(n);
		return -ENOTDIR;
	}
	uk_node_put(vfs_cwd);
	vfs_cwd = n;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, chdir, const char *, path)
{
	struct uk_node *n;
	int rc = vfs_find(AT_FDCWD, path, 0, &n);

	return rc ? rc : change_to(n);
}

UK_SYSCALL_R_DEFINE(int, fchdir, int, fd)
{
	struct uk_node *n;
	int rc = vfs_node_at(fd, &n);

	return rc ? rc == -EINVAL ? -ENOTDIR : rc : change_to(n);
}
