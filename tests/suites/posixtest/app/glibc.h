/* SPDX-License-Identifier: BSD-3-Clause */
/* What the suite's files get from glibc's headers without asking for it. */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
