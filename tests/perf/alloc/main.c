/* SPDX-License-Identifier: BSD-3-Clause */
/* load NAME: runs it and prints its result and the time of this process in
 * user and system mode, microseconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "load.h"

static const struct load {
	const char *name;
	uint64_t (*run)(void);
} loads[] = {
	{ "bignum", load_bignum }, { "cubes", load_cubes },
	{ "mix", load_mix }, { "server", load_server },
	{ "words", load_words }, { "buffers", load_buffers },
};

void *need(void *p)
{
	if (!p) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

static long us(const struct timeval *t)
{
	return t->tv_sec * 1000000L + t->tv_usec;
}

int main(int argc, char **argv)
{
	struct rusage ru;
	uint64_t result;
	size_t i;

	for (i = 0; argc > 1 && i < sizeof(loads) / sizeof(loads[0]); i++) {
		if (strcmp(argv[1], loads[i].name))
			continue;
		result = loads[i].run();
		getrusage(RUSAGE_SELF, &ru);
		printf("%s %lx %ld %ld %ld\n", argv[1], (long)result,
		       us(&ru.ru_utime) + us(&ru.ru_stime), us(&ru.ru_stime),
		       ru.ru_maxrss);
		return 0;
	}
	fprintf(stderr, "load NAME\n");
	return 2;
}
