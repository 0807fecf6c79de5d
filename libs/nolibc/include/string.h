/* SPDX-License-Identifier: BSD-3-Clause */
/* C17 7.24, POSIX, and what programs use beside them. */
#pragma once

#include <stddef.h>
#include <sys/cdefs.h>

__BEGIN_DECLS
/* memcpy memmove memset memcmp memchr strlen strnlen strcmp strncmp strchr
 * strrchr: core's own. */
#include <uk/str.h>

void *memccpy(void *__restrict dst, const void *__restrict src, int c,
	      size_t n);
void *mempcpy(void *__restrict dst, const void *__restrict src, size_t n);
void *memrchr(const void *p, int c, size_t n);
/* Linear in the worst case, as strstr is. */
void *memmem(const void *hay, size_t hay_len, const void *needle,
	     size_t needle_len);
/* memset that no compiler leaves out. */
void explicit_bzero(void *p, size_t n);

char *strcpy(char *__restrict dst, const char *__restrict src);
char *stpcpy(char *__restrict dst, const char *__restrict src);
char *strncpy(char *__restrict dst, const char *__restrict src, size_t n);
char *stpncpy(char *__restrict dst, const char *__restrict src, size_t n);
char *strcat(char *__restrict dst, const char *__restrict src);
char *strncat(char *__restrict dst, const char *__restrict src, size_t n);
/* size: of the whole buffer. Always closed by a NUL; the result is the length
 * that was tried for (>= size: cut). */
size_t strlcpy(char *__restrict dst, const char *__restrict src, size_t size);
size_t strlcat(char *__restrict dst, const char *__restrict src, size_t size);

char *strchrnul(const char *s, int c);
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);
char *strpbrk(const char *s, const char *set);
char *strstr(const char *hay, const char *needle);
char *strcasestr(const char *hay, const char *needle);
char *strtok(char *__restrict s, const char *__restrict set);
char *strtok_r(char *__restrict s, const char *__restrict set,
	       char **__restrict rest);
char *strsep(char **__restrict s, const char *__restrict set);

int strcoll(const char *a, const char *b);
size_t strxfrm(char *__restrict dst, const char *__restrict src, size_t n);

/* From malloc; NULL with errno = ENOMEM. */
char *strdup(const char *s);
char *strndup(const char *s, size_t n);

/* A text for an error number. Valid until the thread's next call. */
char *strerror(int errnum);
/* 0, EINVAL (unknown number) or ERANGE (cut). */
int strerror_r(int errnum, char *buf, size_t size);
__END_DECLS

#include <strings.h>
