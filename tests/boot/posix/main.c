/* SPDX-License-Identifier: BSD-3-Clause */
/* The calls on descriptors and files, a part of them after the other. */
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
#include "check.h"

int n_open(void)
{
	int n = 0;

	for (int fd = 0; fd < 64; fd++)
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

static void part(const char *name, void (*fn)(void))
{
	int before = n_open();

	fn();
	CHECK(n_open() == before);
	printf("%s: right\n", name);
}

int main(void)
{
	part("table", table);
	part("pipe", pipes);
	part("poll", polls);
	part("epoll", epolls);
	part("files", files);
	part("tree", tree);
	puts("all done");
	return 0;
}
