/* SPDX-License-Identifier: BSD-3-Clause */
/* An index from outside, one past the array that ends a struct, reaches the
 * next struct. */
#include <stdio.h>
#include <stdlib.h>

struct session {
	int is_admin;
	int level[8];
};

static struct session sessions[2];

static __attribute__((noinline)) void set_level(struct session *s, int which,
						int value)
{
	s->level[which] = value;
}

int main(int argc, char **argv)
{
	set_level(sessions, argc > 1 ? atoi(argv[1]) : 8, 1);
	if (!sessions[1].is_admin)
		return 2;
	printf("SURVIVED: an index past the last array made me admin\n");
	return 0;
}
