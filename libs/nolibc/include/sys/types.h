/* SPDX-License-Identifier: BSD-3-Clause */
/* POSIX names of integer types. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef __PTRDIFF_TYPE__ ssize_t;
typedef int64_t off_t;
typedef int64_t time_t;
typedef int64_t clock_t;
typedef int clockid_t;
typedef long suseconds_t;
typedef unsigned int useconds_t;
typedef int pid_t;
typedef unsigned int uid_t, gid_t, mode_t;
typedef uint64_t dev_t, ino_t;
