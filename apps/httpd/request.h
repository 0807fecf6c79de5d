/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A request, taken from what a client sent (RFC 9112, RFC 9110). A pure
 * function over bytes: everything is checked here, and what comes out can be
 * used as it is.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REQUEST_MAX 2048u	/* bytes of a request's head */

struct request {
	bool head;		/* HEAD, else GET */
	bool keep;		/* the connection may serve another */
	/* The file: without a slash in front, %XX decoded, no "." or ".."
	 * part, no query; "" is the top. Ends with NUL. */
	char path[256];
	/* One range of bytes was asked for: [first, last], or the last
	 * `suffix` bytes where that is not 0. last may be UINT64_MAX. */
	bool ranged;
	uint64_t first, last, suffix;
};

/*
 * The request at the beginning of buf. > 0: how many bytes it has. 0: not all
 * of it is there. < 0: an answer's status (-400 ...), after which nothing on
 * this connection can be trusted.
 */
int request_parse(const char *buf, size_t len, struct request *r);
