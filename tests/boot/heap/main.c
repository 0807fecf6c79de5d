/* SPDX-License-Identifier: BSD-3-Clause */
/* The heap of an image: all of the memory but the reserve, given back when
 * freed; counted by library; a double free ends the image. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/heap.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s, line %d\n", #cond, __LINE__); \
			exit(1);					\
		}							\
	} while (0)

static size_t fill_and_free(size_t size)
{
	void **list = NULL, **p;
	size_t n = 0;

	while ((p = uk_malloc(NULL, size))) {
		memset(p, 0x5a, size);
		*p = list;
		list = p;
		n++;
	}
	while ((p = list)) {
		list = *p;
		uk_free(NULL, p);
	}
	return n * size;
}

int main(int argc, char **argv)
{
	size_t left = uk_heap_left();
	struct uk_alloc_stats st;
	char *p, *q;

	CHECK(left > 1 << 20);
	CHECK(fill_and_free(1 << 20) > left / 10 * 8);
	CHECK(fill_and_free(5000) > left / 10 * 5);
	CHECK(fill_and_free(1 << 20) > left / 10 * 8);
	CHECK(uk_heap_left() > left / 10 * 7);

	p = malloc(1000);
	CHECK(p);
	CHECK(!uk_alloc_stats_lib("nolibc", &st));
	CHECK(st.bytes_used >= 1000);
	q = uk_calloc(NULL, 3, 100);
	CHECK(q && !q[0] && !q[299]);
	CHECK(!uk_alloc_stats_lib(__LIBNAME__, &st));
	CHECK(st.bytes_used == 300 && st.blocks_used == 1);
	CHECK(st.n_fail == 3);
	free(p);
	uk_free(NULL, q);
	if (argc > 1 && !strcmp(argv[1], "double"))
		uk_free(NULL, q);
	if (argc > 1 && !strcmp(argv[1], "beyond")) {
		p = uk_malloc(NULL, 600 << 10);
		CHECK(p);
		p[600 << 10] = 1;
	}
	puts("heap: done");
	return 0;
}
