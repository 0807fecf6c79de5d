/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s, %s:%d\n", #cond,		\
			       __FILE__, __LINE__);			\
			exit(1);					\
		}							\
	} while (0)

void language(void);
void memory(void);
void signals(void);
void text(void);
void threads(void);
void times_of_day(void);
