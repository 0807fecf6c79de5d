/* SPDX-License-Identifier: BSD-3-Clause */
/* What is served: the regular files of the initrd, by name. */
#pragma once

#include <stddef.h>

struct file {
	const char *name;
	const void *data;
	size_t len;
	const char *type;	/* "text/html; charset=utf-8" */
};

/* Sorts them once. How many there are, or -1 after a message. */
int files_open(void);
/* The file of this name, or the index.html of this folder; NULL: none. */
const struct file *files_find(const char *path);
