/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands in front of an answer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define HEAD_MAX 384

struct head {
	size_t n;
	char text[HEAD_MAX];	/* no zero behind it */
};

/* Static storage. */
const char *head_reason(int status);

/* For `len` bytes of this type; more: whole lines, or "". last: the connection
 * is closed behind it. */
void head_make(struct head *h, int status, const char *type, size_t len,
	       const char *more, bool last);
