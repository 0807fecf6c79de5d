/* SPDX-License-Identifier: BSD-3-Clause */
/* What a missing check for NULL does: the case is the first argument. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct session {
	long id;
	long is_admin;
};

/* Finds nobody. */
static __attribute__((noinline)) struct session *find(const char *name)
{
	__asm__ __volatile__("" : "+r"(name));
	return NULL;
}

int main(int argc, char **argv)
{
	volatile struct session *s = find("root");

	__asm__ __volatile__("" : "+r"(s));
	if (argc > 1 && !strcmp(argv[1], "write")) {
		s->is_admin = 1;
		if (!s->is_admin)
			return 2;
	}
	printf("SURVIVED: memory at the null pointer was used (%ld)\n",
	       s->is_admin);
	return 0;
}
