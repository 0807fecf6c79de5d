/* SPDX-License-Identifier: BSD-3-Clause */
/* What mitigation fortify wraps is declared, whatever standard a program
 * asked for. */
#ifndef MUSL_WRAP_STRING_H
#define MUSL_WRAP_STRING_H

#include_next <string.h>

#ifndef UK_NO_FORTIFY
#ifdef __cplusplus
extern "C" {
#endif
void *mempcpy(void *dst, const void *src, size_t n);
void explicit_bzero(void *p, size_t n);
char *stpcpy(char *dst, const char *src);
char *stpncpy(char *dst, const char *src, size_t n);
size_t strlcpy(char *dst, const char *src, size_t size);
size_t strlcat(char *dst, const char *src, size_t size);
int strerror_r(int errnum, char *buf, size_t size);
#ifdef __cplusplus
}
#endif
#endif

#endif
