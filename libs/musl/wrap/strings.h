/* SPDX-License-Identifier: BSD-3-Clause */
/* As <string.h> here. */
#ifndef MUSL_WRAP_STRINGS_H
#define MUSL_WRAP_STRINGS_H

#include_next <strings.h>

#ifndef UK_NO_FORTIFY
#ifdef __cplusplus
extern "C" {
#endif
void bzero(void *p, size_t n);
void bcopy(const void *src, void *dst, size_t n);
#ifdef __cplusplus
}
#endif
#endif

#endif
