/* SPDX-License-Identifier: BSD-3-Clause */
/* An index from outside, one too large, reaches the member behind an array. */
#include <stdio.h>
#include <stdlib.h>

static struct {
	int level[8];
	int is_admin;
} session;

static __attribute__((noinline)) void set_level(int which, int value)
{
	session.level[which] = value;
}

int main(int argc, char **argv)
{
	set_level(argc > 1 ? atoi(argv[1]) : 8, 1);
	if (!session.is_admin)
		return 2;
	printf("SURVIVED: an index outside its array made me admin\n");
	return 0;
}
