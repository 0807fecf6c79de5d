/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The file that the loader placed in memory (QEMU: -initrd; support/run/guest:
 * -I), read as a cpio archive of the "new ASCII" form (`cpio -o -H newc`,
 * magic 070701). Files are used where they lie, read-only; nothing is copied
 * or unpacked. The archive is not trusted: every length in it is checked
 * against its end before it is used. From init class dev on, any context.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct uk_initrd_file {
	const char *name;	/* as archived, less "./" or "/" in front; ends
				 * with NUL inside the archive */
	const void *data;
	size_t len;		/* bytes of data */
	uint32_t mode;		/* type and rights, as stat(2) has them */
};

#define UK_INITRD_TYPE(mode) ((mode) & 0170000u)
#define UK_INITRD_REGULAR 0100000u

/*
 * The next entry of `len` bytes of archive, beginning at *at (0 for the first),
 * which moves on. 0: *f is set. -ENOENT: that was all (the trailer, or bytes
 * without an entry). -EBADMSG: no archive, or a length that does not fit; *at
 * is where. A pure function: for archives that came in any way.
 */
int uk_cpio_next(const void *archive, size_t len, size_t *at,
		 struct uk_initrd_file *f);

/* The image's own: its bytes, or NULL (and 0) where the loader gave none. */
const void *uk_initrd(size_t *len);

/*
 * The regular file of this name in the image's own archive. 0: *f is set.
 * -ENODEV: there is no initrd. -ENOENT: it has no such file. -EBADMSG: the
 * archive is broken before it.
 */
int uk_initrd_find(const char *name, struct uk_initrd_file *f);
