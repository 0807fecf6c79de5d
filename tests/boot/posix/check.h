/* SPDX-License-Identifier: BSD-3-Clause */
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

void table(void);
void pipes(void);
void polls(void);
void epolls(void);
void files(void);
void tree(void);

/* How many descriptors are open: none may be left behind. */
int n_open(void);
/* Run fn in a thread that goes on when the caller waits. */
void later(void (*fn)(void));
