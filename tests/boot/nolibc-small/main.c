/* SPDX-License-Identifier: BSD-3-Clause */
/* What nolibc's options leave out is refused, never misread; and without a
 * scheduler a sleep still sleeps. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s (errno %d)\n", #cond, errno); \
			return 1;					\
		}							\
	} while (0)

int main(void)
{
	const struct timespec ms = { 0, 1000000 };
	clock_t start = clock();
	char buf[20];
	double d = 7;

	errno = 0;
	CHECK(snprintf(buf, sizeof(buf), "ab%f", 1.0) == -1);
	CHECK(errno == EINVAL && !strcmp(buf, "ab"));
	errno = 0;
	CHECK(snprintf(buf, sizeof(buf), "cd%1$d", 1) == -1);
	CHECK(errno == EINVAL && !strcmp(buf, "cd"));
	CHECK(sscanf("1.5", "%lf", &d) == 0 && d == 7);
	CHECK(strtod("1.5", NULL) == 1.5);
	CHECK(nanosleep(&ms, NULL) == 0 && clock() - start >= 1000);
	puts("nolibc-small: done");
	exit(0);
}
