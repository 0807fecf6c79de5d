/* SPDX-License-Identifier: BSD-3-Clause */
/* The checks that have to read first: as the function without the prefix, but
 * `size` bytes is what dst has. Any context that the plain one allows. */
#pragma once

#include <stddef.h>

char *uk_fortify_strcpy(char *dst, const char *src, size_t size);
char *uk_fortify_stpcpy(char *dst, const char *src, size_t size);
char *uk_fortify_strcat(char *dst, const char *src, size_t size);
char *uk_fortify_strncat(char *dst, const char *src, size_t n, size_t size);
