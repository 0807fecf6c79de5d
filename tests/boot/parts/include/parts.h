/* SPDX-License-Identifier: BSD-3-Clause */
/* For applications of tests that are made of parts, a file each. */
#pragma once

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s, %s:%d, errno %d\n", #cond,	\
			       __FILE__, __LINE__, errno);		\
			exit(1);					\
		}							\
	} while (0)

/* The call fails with this number. */
#define FAILS(call, number) \
	CHECK((errno = 0, (call) == -1 && errno == (number)))

/* How many descriptors are open: none may be left behind. */
int n_open(void);
/* Run fn in a thread that goes on when the caller waits. */
void later(void (*fn)(void));
/* Run a part; it leaves no descriptor open. */
void part(const char *name, void (*fn)(void));
