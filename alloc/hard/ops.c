/* SPDX-License-Identifier: BSD-3-Clause */
/* The heaps of an image behind <uk/alloc.h>: one for everybody, and some for
 * libraries that want their own. Each begins with its first block. */
#include <uk/allochard.h>
#include <uk/errno.h>
#include <uk/init.h>

#include "hard.h"

#define N_HEAPS (1 + UK_ALLOC_HEAPS)

struct instance {
	struct uk_alloc a;
	struct hard_heap *heap;
};

static struct instance instances[N_HEAPS];
static unsigned int n_begun;	/* how many have a heap */

static struct hard_heap *heap_of(struct uk_alloc *a)
{
	struct instance *i = uk_container_of(a, struct instance, a);

	if (unlikely(!i->heap)) {
		i->heap = hard_create();
		n_begun += i->heap != NULL;
	}
	return i->heap;
}

/* Blocks find home wherever they are freed. */
static struct uk_alloc *holder(struct uk_alloc *a, const void *p)
{
	struct instance *i = uk_container_of(a, struct instance, a);

	if (likely(n_begun == 1 && i->heap))
		return a;
	if (i->heap && hard_holds(i->heap, p))
		return a;
	for (i = instances; i < instances + N_HEAPS; i++)
		if (i->heap && hard_holds(i->heap, p))
			return &i->a;
	return a;
}

static void *ops_malloc(struct uk_alloc *a, size_t size)
{
	struct hard_heap *h = heap_of(a);

	return h ? hard_malloc(h, size) : NULL;
}

static void *ops_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	struct hard_heap *h = heap_of(a);

	return h ? hard_memalign(h, align, size) : NULL;
}

/* Something is given back: there is a heap, or it is nobody's. */
static struct hard_heap *giver(struct uk_alloc *a, const char *op)
{
	struct hard_heap *h = uk_container_of(a, struct instance, a)->heap;

	if (unlikely(!h))
		hard_os_die(op, ": not a block of this heap");
	return h;
}

static void ops_free(struct uk_alloc *a, void *p)
{
	hard_free(giver(a, "invalid free"), p);
}

static void *ops_realloc(struct uk_alloc *a, void *p, size_t size)
{
	return hard_realloc(giver(a, "invalid realloc"), p, size);
}

static size_t ops_usable_size(struct uk_alloc *a, const void *p)
{
	return hard_usable_size(giver(a, "usable_size"), p);
}

static void *ops_palloc(struct uk_alloc *a, size_t n)
{
	struct hard_heap *h = heap_of(a);

	return h ? hard_pages(h, n) : NULL;
}

static void ops_pfree(struct uk_alloc *a, void *p, size_t n)
{
	struct hard_heap *h = giver(a, "invalid pfree");

	if (hard_usable_size(h, p) != n * HARD_PAGE)
		hard_os_die("invalid pfree", ": another number of pages");
	hard_free(h, p);
}

static const struct uk_alloc_ops ops = {
	.malloc = ops_malloc,
	.memalign = ops_memalign,
	.realloc = ops_realloc,
	.free = ops_free,
	.usable_size = ops_usable_size,
	.palloc = ops_palloc,
	.pfree = ops_pfree,
	.holder = holder,
	.zeroed = HARD_ZEROED,
};

__attribute__((noinline, used))
struct uk_alloc *uk_allochard_get(unsigned int heap)
{
	if (heap >= N_HEAPS)
		return NULL;
	instances[heap].a.name = "hard";
	instances[heap].a.ops = &ops;
	return &instances[heap].a;
}

int uk_allochard_stats(unsigned int heap, struct uk_allochard_stats *out)
{
	struct hard_stats st = { 0 };

	if (heap >= N_HEAPS)
		return -EINVAL;
	if (instances[heap].heap)
		hard_stats(instances[heap].heap, &st);
	*out = (struct uk_allochard_stats){
		st.held, st.waiting, st.pooled, st.n_large,
	};
	return 0;
}

static int hard_init(void)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; i < N_HEAPS && !rc; i++)
		rc = uk_alloc_register(uk_allochard_get(i));
	for (i = 1; i < N_HEAPS && !rc; i++)
		rc = uk_alloc_set_heap(i, uk_allochard_get(i));
	return rc;
}
#ifdef CONFIG_LIBUKALLOC_DEFAULT_HARD
UK_INIT_ENTRY("1alloc", 3, hard_init);
#else
uk_alloc_initcall(hard_init);
#endif
