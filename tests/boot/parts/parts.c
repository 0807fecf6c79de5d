/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <pthread.h>
#include <parts.h>

int n_open(void)
{
	int n = 0;

	for (int fd = 0; fd < 200; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void *run(void *fn)
{
	((void (*)(void))fn)();
	return NULL;
}

void later(void (*fn)(void))
{
	pthread_t t;

	CHECK(!pthread_create(&t, NULL, run, (void *)fn));
	CHECK(!pthread_detach(t));
}

void part(const char *name, void (*fn)(void))
{
	int before = n_open();

	fn();
	CHECK(n_open() == before);
	printf("%s: right\n", name);
}
