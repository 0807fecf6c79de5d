/* SPDX-License-Identifier: BSD-3-Clause */
#include "files.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/initrd.h>

#define INDEX "index.html"

static struct file *files;
static size_t n_files;

static const char *type_of(const char *name)
{
	static const struct {
		const char *end, *type;
	} types[] = {
		{ ".html", "text/html; charset=utf-8" },
		{ ".htm", "text/html; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".json", "application/json" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".jpg", "image/jpeg" },
		{ ".gif", "image/gif" },
		{ ".ico", "image/x-icon" },
		{ ".woff2", "font/woff2" },
		{ ".wasm", "application/wasm" },
		{ ".pdf", "application/pdf" },
		{ ".xml", "application/xml" },
	};
	const char *dot = strrchr(name, '.');
	size_t i;

	for (i = 0; dot && i < UK_ARRAY_SIZE(types); i++)
		if (strcasecmp(dot, types[i].end) == 0)
			return types[i].type;
	return "application/octet-stream";
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name,
		      ((const struct file *)b)->name);
}

/* Counts them, and takes them where there is room. */
static int walk(const void *archive, size_t len)
{
	struct uk_initrd_file f;
	size_t at = 0;
	int rc;

	for (n_files = 0;;) {
		rc = uk_cpio_next(archive, len, &at, &f);
		if (rc)
			return rc == -ENOENT ? 0 : rc;
		if (UK_INITRD_TYPE(f.mode) != UK_INITRD_REGULAR)
			continue;
		if (files)
			files[n_files] = (struct file){ f.name, f.data, f.len,
							type_of(f.name) };
		n_files++;
	}
}

int files_open(void)
{
	size_t len;
	const void *archive = uk_initrd(&len);

	if (!archive) {
		puts("httpd: there is no initrd "
		     "(support/run/initrd makes one, QEMU: -initrd)");
		return -1;
	}
	if (walk(archive, len)) {
		puts("httpd: the initrd is no cpio archive, or is cut off");
		return -1;
	}
	files = calloc(n_files + 1, sizeof(*files));
	if (!files) {
		printf("httpd: no memory for the names of %zu files\n",
		       n_files);
		return -1;
	}
	walk(archive, len);
	qsort(files, n_files, sizeof(*files), by_name);
	return (int)n_files;
}

static const struct file *find(const char *name)
{
	struct file want = { .name = name };

	return bsearch(&want, files, n_files, sizeof(*files), by_name);
}

const struct file *files_find(const char *path)
{
	char index[256 + sizeof(INDEX) + 1];
	size_t n = strlen(path);

	if (n > 0 && path[n - 1] != '/')
		return find(path);
	if (n >= sizeof(index) - sizeof(INDEX))
		return NULL;
	memcpy(index, path, n);
	memcpy(index + n, INDEX, sizeof(INDEX));
	return find(index);
}
