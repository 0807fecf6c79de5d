/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any archive, read to its end. Beyond what the sanitizers see: names and
 * contents lie inside, and every step goes forward.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/initrd.h>

static void require(int holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	/* Of this length exactly, so that one byte more is seen. */
	uint8_t *a = malloc(len ? len : 1);
	const char *begin = (const char *)a, *end = begin + len;
	struct uk_initrd_file f;
	size_t at = 0, before = 0;
	int rc;

	if (len)
		memcpy(a, data, len);
	while ((rc = uk_cpio_next(a, len, &at, &f)) == 0) {
		const char *body = f.data;

		require(at > before && at <= len);
		require(f.name >= begin && f.name < end);
		require(f.name + strlen(f.name) < end);
		require(body >= begin && body <= end);
		require(f.len <= (size_t)(end - body));
		before = at;
	}
	require(rc == -ENOENT || rc == -EBADMSG);
	require(at <= len);
	free(a);
	return 0;
}
