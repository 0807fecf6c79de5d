/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where zlib gets its memory when a stream names no functions of its own. Its
 * own file for that wants the headers of files, which an image need not have.
 */
#include <stdlib.h>
#include <zutil.h>

voidpf ZLIB_INTERNAL zcalloc(voidpf opaque, unsigned items, unsigned size)
{
	(void)opaque;
	return reallocarray(NULL, items, size);
}

void ZLIB_INTERNAL zcfree(voidpf opaque, voidpf ptr)
{
	(void)opaque;
	free(ptr);
}
