/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_console. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef ptrdiff_t ssize_t;

/* Is fd one of the three, and not closed? */
bool posix_console_open(int fd);
