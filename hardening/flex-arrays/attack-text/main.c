/* SPDX-License-Identifier: BSD-3-Clause */
/* A text from outside, too long for the array that ends a struct, reaches the
 * next struct. fortify sees it only if it is told that the array ends. */
#include <stdio.h>
#include <string.h>

struct user {
	char is_admin;
	char name[15];
};

static struct user users[2];

static __attribute__((noinline)) void set_name(struct user *u, const char *name)
{
	strcpy(u->name, name);
}

int main(int argc, char **argv)
{
	set_name(users, argc > 1 ? argv[1] : "a name of sixteen");
	if (!users[1].is_admin)
		return 2;
	printf("SURVIVED: a text past the last array made me admin\n");
	return 0;
}
