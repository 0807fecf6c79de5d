/* SPDX-License-Identifier: BSD-3-Clause */
/* The archive's form: cpio(5), "New ASCII Format". */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/initrd.h>
#include <uk/str.h>

#define HEADER 110u		/* 6 of magic, 13 numbers of 8 digits */
#define DIGITS 8u
#define AT(n) (6 + DIGITS * (n))
#define MODE AT(1)
#define FILE_SIZE AT(6)
#define NAME_SIZE AT(11)
#define ALIGN 4u
#define TRAILER "TRAILER!!!"

static bool number(const char *p, uint32_t *v)
{
	unsigned int i, d;

	for (*v = 0, i = 0; i < DIGITS; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c >= '0' && c <= '9')
			d = c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			d = (c | 0x20) - 'a' + 10;
		else
			return false;
		*v = *v << 4 | d;
	}
	return true;
}

/* "./a" and "/a" are "a"; "." alone stays. */
static const char *plain(const char *name)
{
	while (name[0] == '/' || (name[0] == '.' && name[1] == '/'))
		name += name[0] == '/' ? 1 : 2;
	return name;
}

int uk_cpio_next(const void *archive, size_t len, size_t *at,
		 struct uk_initrd_file *f)
{
	const char *p = archive;
	size_t pos = *at, data;
	uint32_t name_size, size;

	/* QEMU and boot loaders may round the file up. */
	while (pos < len && p[pos] == '\0')
		pos++;
	*at = pos;
	if (pos == len)
		return -ENOENT;
	if (len - pos < HEADER || memcmp(p + pos, "070701", 6) != 0 ||
	    !number(p + pos + MODE, &f->mode) ||
	    !number(p + pos + FILE_SIZE, &size) ||
	    !number(p + pos + NAME_SIZE, &name_size))
		return -EBADMSG;
	f->name = p + pos + HEADER;
	if (name_size == 0 || name_size > len - pos - HEADER ||
	    f->name[name_size - 1] != '\0' ||
	    memchr(f->name, '\0', name_size - 1))
		return -EBADMSG;
	if (strcmp(f->name, TRAILER) == 0)
		return -ENOENT;
	data = UK_ALIGN_UP(pos + HEADER + name_size, ALIGN);
	if (data > len || size > len - data)
		return -EBADMSG;
	f->name = plain(f->name);
	f->data = p + data;
	f->len = size;
	/* The padding behind the last file may be missing. */
	data = UK_ALIGN_UP(data + size, ALIGN);
	*at = UK_MIN(data, len);
	return 0;
}
