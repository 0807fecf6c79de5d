/* SPDX-License-Identifier: BSD-3-Clause */
/* What ramfs stands on, as far as it is used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <uk/initrd.h>
#include <uk/print.h>
#include <uk/str.h>
#include "host.h"
#include "ramfs.h"

struct uk_alloc;

void *uk_malloc(struct uk_alloc *a, size_t size);
void *uk_realloc(struct uk_alloc *a, void *p, size_t size);
void *uk_palloc(struct uk_alloc *a, size_t n);
void uk_pfree(struct uk_alloc *a, void *p, size_t n);
void uk_free(struct uk_alloc *a, void *p);

const char *host_archive;
size_t host_archive_len;
long host_live;

void *uk_malloc(struct uk_alloc *a, size_t size)
{
	(void)a;
	host_live++;
	return malloc(size);
}

void *uk_realloc(struct uk_alloc *a, void *p, size_t size)
{
	(void)a;
	host_live += !p;
	return realloc(p, size);
}

void uk_free(struct uk_alloc *a, void *p)
{
	(void)a;
	host_live -= !!p;
	free(p);
}

void *uk_palloc(struct uk_alloc *a, size_t n)
{
	void *p = uk_malloc(a, n * 4096);

	memset(p, 0xa5, n * 4096);
	return p;
}

void uk_pfree(struct uk_alloc *a, void *p, size_t n)
{
	(void)n;
	uk_free(a, p);
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	va_list ap;

	(void)lib, (void)lvl;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}

const void *uk_initrd(size_t *len)
{
	*len = host_archive_len;
	return host_archive;
}

void uk_node_init(struct uk_node *n, const struct uk_node_ops *ops,
		  uint32_t mode, uint64_t dev, uint64_t ino)
{
	*n = (struct uk_node){ .ops = ops, .mode = mode, .dev = dev,
			       .ino = ino };
	uk_refcount_init(&n->refs, 1);
}

void uk_node_put(struct uk_node *n)
{
	if (uk_refcount_release(&n->refs))
		n->ops->close(n);
}

uint64_t uk_vfs_new_dev(void)
{
	return 1;
}

void uk_list_corrupt(const struct uk_link *l)
{
	(void)l;
	abort();
}

void uk_refcount_corrupt(const char *why)
{
	(void)why;
	abort();
}

struct uk_node *host_find(struct uk_node *root, const char *path)
{
	struct uk_node *n = root;
	size_t len;

	for (; *path; path += len + (path[len] == '/')) {
		len = strchr(path, '/') ? (size_t)(strchr(path, '/') - path) :
			strlen(path);
		if (uk_node_kind(n) != UK_S_DIR ||
		    n->ops->lookup(n, path, len, &n))
			return NULL;
		uk_node_put(n);
	}
	return n;
}

static bool first(void *arg, const struct uk_entry *e)
{
	*(struct uk_entry *)arg = *e;
	return false;
}

static void empty(struct uk_node *dir)
{
	struct uk_node *n;
	struct uk_entry e;

	for (;;) {
		e.len = 0;
		dir->ops->list(dir, 0, first, &e);
		if (!e.len)
			return;
		assert_int_equal(dir->ops->lookup(dir, e.name, e.len, &n), 0);
		if (uk_node_kind(n) == UK_S_DIR)
			empty(n);
		assert_int_equal(dir->ops->remove(dir, e.name, e.len, n), 0);
		uk_node_put(n);
	}
}

void host_clear(struct uk_node *root)
{
	empty(root);
	uk_node_put(root);
	assert_int_equal(host_live, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(data_test),
		cmocka_unit_test(unpack_test),
		cmocka_unit_test(hostile_test),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
