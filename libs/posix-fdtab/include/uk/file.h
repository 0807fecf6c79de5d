/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Open files, of any kind: what descriptors stand for. A kind (pipe, socket,
 * file of a file system) embeds struct uk_file in an object of its own and
 * says by its operations what can be done with it. It never waits: an
 * operation that would have to returns -EAGAIN, and whoever called waits, in
 * one place, until the kind announces a change.
 *
 * Thread context. One CPU, and nobody interrupts a thread: between two waits
 * an operation has everything to itself; it takes no locks.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/errno.h>
#include <uk/iter.h>
#include <uk/list.h>
#include <uk/plat.h>
#include <uk/refcount.h>

/* Flags of an open file, numbers of Linux on x86_64. */
#define UK_O_RDONLY	00
#define UK_O_WRONLY	01
#define UK_O_RDWR	02
#define UK_O_ACCMODE	03
#define UK_O_CREAT	0100
#define UK_O_EXCL	0200
#define UK_O_TRUNC	01000
#define UK_O_APPEND	02000
#define UK_O_NONBLOCK	04000
#define UK_O_DIRECTORY	0200000
#define UK_O_NOFOLLOW	0400000
#define UK_O_CLOEXEC	02000000	/* of the descriptor, not the file */
#define UK_O_PATH	010000000

/* What may be done without waiting; numbers of poll(2) and epoll(7). */
#define UK_POLL_IN	0x001u
#define UK_POLL_PRI	0x002u
#define UK_POLL_OUT	0x004u
#define UK_POLL_ERR	0x008u
#define UK_POLL_HUP	0x010u
#define UK_POLL_RDHUP	0x2000u
/* Asked for or not, these are reported. */
#define UK_POLL_ALWAYS	(UK_POLL_ERR | UK_POLL_HUP)

/* Kinds, as stat(2) has them in the mode. */
#define UK_S_FMT	0170000u
#define UK_S_SOCKET	0140000u
#define UK_S_LINK	0120000u
#define UK_S_FILE	0100000u
#define UK_S_BLOCK	0060000u
#define UK_S_DIR	0040000u
#define UK_S_CHAR	0020000u
#define UK_S_FIFO	0010000u

/* As the kernel lays it out on x86_64 (struct stat). */
struct uk_stat {
	uint64_t dev, ino, links;
	uint32_t mode, uid, gid, pad;
	uint64_t rdev;
	int64_t size, block_size, blocks;	/* bytes, bytes, 512 bytes */
	struct {
		int64_t sec, nsec;
	} access, change, status;
	int64_t unused[3];
};

struct uk_file;

/*
 * What can be done with a kind of file: read-only memory. NULL where nothing
 * else is said: -EINVAL. Results: 0 or more, or a negative errno.
 */
struct uk_file_ops {
	const char *name;	/* of the kind, for messages */
	/*
	 * Move bytes from the file to `to` (from `from` into the file): at
	 * most to->left, which goes down. *pos is where in the file, and moves
	 * on; kinds without positions leave it alone. How many; 0 from read:
	 * the end, or nothing was asked for. -EAGAIN: nothing can be moved
	 * now. -EPIPE from write: nobody reads any more (the caller sends
	 * SIGPIPE). May move less than asked.
	 */
	long (*read)(struct uk_file *f, struct uk_iter *to, int64_t *pos);
	long (*write)(struct uk_file *f, struct uk_iter *from, int64_t *pos);
	/* What may be done now (UK_POLL_*). NULL: reading and writing, at all
	 * times. */
	unsigned int (*poll)(struct uk_file *f);
	/* NULL: -ENOTTY. FIONBIO is not for the kind. */
	int (*ioctl)(struct uk_file *f, unsigned long what, void *arg);
	/* Bytes, to position from the end. NULL: no positions, -ESPIPE. */
	int64_t (*size)(struct uk_file *f);
	/* Fill in *st, which is zero but for block_size, links (1) and mode
	 * (rights of its owner, no kind). NULL: that is all. */
	int (*stat)(struct uk_file *f, struct uk_stat *st);
	/* The last reference is gone: free the object. Never NULL. */
	void (*close)(struct uk_file *f);
};

struct uk_file {
	const struct uk_file_ops *ops;
	struct uk_refcount refs;
	unsigned int flags;	/* UK_O_*; APPEND and NONBLOCK may change */
	int64_t pos;		/* where read and write go on */
	uint64_t read_ns, write_ns;	/* most that a call waits; 0: ever */
	/* Changes are not announced: who waits looks once a millisecond. */
	bool quiet;
	struct uk_link watches;
};

/* One reference, the caller's. flags: UK_O_*. The rest is zero. */
void uk_file_init(struct uk_file *f, const struct uk_file_ops *ops,
		  unsigned int flags);
static inline struct uk_file *uk_file_get(struct uk_file *f)
{
	uk_refcount_acquire(&f->refs);
	return f;
}
/* Give a reference back; after the last one f is closed. */
void uk_file_put(struct uk_file *f);

/* ---- to be called, by who has a reference ------------------------------ */

/*
 * As the operations, but they wait, unless the file is UK_O_NONBLOCK, and
 * write goes on until all is written. -EBADF: not open for this. -EINTR: a
 * signal came before a byte had moved; its handler has run. pos: NULL is the
 * file's own position.
 */
long uk_file_read(struct uk_file *f, struct uk_iter *to, int64_t *pos);
long uk_file_write(struct uk_file *f, struct uk_iter *from, int64_t *pos);
/* As the operation; never more than is asked for and UK_POLL_ALWAYS. */
unsigned int uk_file_poll(struct uk_file *f, unsigned int events);

/*
 * Wait until one of the events may have come: 0 (look again). -ETIMEDOUT: the
 * monotonic clock has reached `until` (ns; UKPLAT_FOREVER). -EINTR: a signal.
 */
int uk_file_wait(struct uk_file *f, unsigned int events, uint64_t until);
/*
 * What to do after an operation's -EAGAIN: 0 to try again, or what the call
 * returns. now: never wait, as if the file were UK_O_NONBLOCK; then others run
 * before it returns, so that who asks again and again gets an answer.
 */
int uk_file_again(struct uk_file *f, unsigned int event, uint64_t until,
		  bool now);
/* When a wait that begins now and lasts ns at most ends; 0: never. */
uint64_t uk_file_until(uint64_t ns);

/* ---- for kinds, and for who watches ------------------------------------ */

/* Who wants to hear of changes. changed() and gone() must not wait, and not
 * watch or close files. */
struct uk_watch {
	struct uk_link link;
	/* One of the events may have come. */
	void (*changed)(struct uk_watch *w, unsigned int events);
	/* The file is about to be closed; w is not watched any more. */
	void (*gone)(struct uk_watch *w);
};

/* Say that these events (UK_POLL_*) may have come: for kinds, whenever what
 * their poll() returns gains one, or becomes true once more (more bytes). */
void uk_file_changed(struct uk_file *f, unsigned int events);
void uk_file_watch(struct uk_file *f, struct uk_watch *w);
/* May be called once more, and after gone(). */
void uk_file_unwatch(struct uk_watch *w);
