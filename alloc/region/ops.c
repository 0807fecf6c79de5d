/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory handed out once, upwards through one chunk after the other. Before
 * each block lies a head with its size; the head's check word binds size,
 * address and state together, so freeing twice, freeing what is no block and
 * a head that was written over are told apart from a live block.
 */
#include <uk/allocregion.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/heap.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/str.h>

struct head {
	size_t size;		/* bytes that may be used, multiple of 16 */
	uint64_t check;
};
#define LIVE 0xa110ca7ed0000001u
#define DEAD 0xdeadb10c00000002u

/* First bytes of each chunk. */
struct chunk {
	struct chunk *prev;	/* older one */
	uintptr_t end;
};

struct region {
	struct uk_alloc a;
	struct chunk *chunk;	/* the one in use */
	uintptr_t next;		/* first byte never handed out */
	struct head *last;	/* block handed out last, may be NULL */
};

static struct region *self(struct uk_alloc *a)
{
	return uk_container_of(a, struct region, a);
}

static uint64_t check_word(const struct head *h, uint64_t state)
{
	return ((uintptr_t)h ^ state ^ h->size << 1) * 0x9e3779b97f4a7c15u;
}

static bool is_ours(const struct region *r, uintptr_t addr)
{
	const struct chunk *c;

	for (c = r->chunk; c; c = c->prev)
		if (addr >= (uintptr_t)(c + 1) + sizeof(struct head) &&
		    addr < c->end)
			return true;
	return false;
}

/* The head of the live block at p; anything else is a crash. */
static struct head *resolve(struct region *r, const void *p, const char *op)
{
	struct head *h = (struct head *)((uintptr_t)p - sizeof(*h));

	if (!is_ours(r, (uintptr_t)p))
		uk_crash(UK_DEATH_HEAP, "region: %s of a pointer that this "
			 "heap did not hand out", op);
	if ((uintptr_t)p % 16 == 0 && h->check == check_word(h, LIVE))
		return h;
	if ((uintptr_t)p % 16 == 0 && h->check == check_word(h, DEAD))
		uk_crash(UK_DEATH_HEAP, "region: %s of a block that is free "
			 "already", op);
	uk_crash(UK_DEATH_HEAP, "region: %s of a pointer into the middle of a "
		 "block, or its head was written over", op);
}

static int region_addmem(struct uk_alloc *a, void *base, size_t len)
{
	struct region *r = self(a);
	struct chunk *c = base;

	c->prev = r->chunk;
	c->end = (uintptr_t)base + len;
	r->chunk = c;
	r->next = (uintptr_t)(c + 1);
	r->last = NULL;
	return 0;
}

/* A new chunk that holds `size` bytes aligned to `align`. */
static bool grow(struct region *r, size_t align, size_t size)
{
	size_t need, len;
	void *p;

	need = UK_ALIGN_UP(size + align + sizeof(struct head) +
			   sizeof(struct chunk), UK_PAGE_SIZE);
	if (need > PTRDIFF_MAX)
		return false;
	len = uk_heap_step(need);
	p = uk_heap_take("heap", len);
	if (!p && len > need) {
		len = need;
		p = uk_heap_take("heap", len);
	}
	return p && !region_addmem(&r->a, p, len);
}

/* Where a block would start in the chunk in use; 0: it does not fit. */
static uintptr_t place(const struct region *r, size_t align, size_t size)
{
	uintptr_t at;

	if (!r->chunk)
		return 0;
	at = UK_ALIGN_UP(r->next + sizeof(struct head), align);
	if (at < r->next || at > r->chunk->end || size > r->chunk->end - at)
		return 0;
	return at;
}

static void *region_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	struct region *r = self(a);
	uintptr_t at;
	struct head *h;

	align = UK_MAX(align, (size_t)16);
	size = UK_ALIGN_UP(size, (size_t)16);
	at = place(r, align, size);
	if (!at && grow(r, align, size))
		at = place(r, align, size);
	if (!at)
		return NULL;
	h = (struct head *)at - 1;
	h->size = size;
	h->check = check_word(h, LIVE);
	r->last = h;
	r->next = at + size;
	return (void *)at;
}

static void *region_malloc(struct uk_alloc *a, size_t size)
{
	return region_memalign(a, 16, size);
}

static void region_free(struct uk_alloc *a, void *p)
{
	struct region *r = self(a);
	struct head *h = resolve(r, p, "free");

	h->check = check_word(h, DEAD);
	if (h == r->last) {
		r->next = (uintptr_t)h;
		r->last = NULL;
	}
}

static size_t region_usable_size(struct uk_alloc *a, const void *p)
{
	return resolve(self(a), p, "usable_size")->size;
}

static void *region_realloc(struct uk_alloc *a, void *p, size_t size)
{
	struct region *r = self(a);
	struct head *h = resolve(r, p, "realloc");
	size_t len = UK_ALIGN_UP(size, (size_t)16);
	void *q;

	if (h == r->last && len <= r->chunk->end - (uintptr_t)p) {
		h->size = len;
		h->check = check_word(h, LIVE);
		r->next = (uintptr_t)p + len;
		return p;
	}
	if (len <= h->size)
		return p;
	q = region_malloc(a, size);
	if (q) {
		memcpy(q, p, h->size);
		region_free(a, p);
	}
	return q;
}

static const struct uk_alloc_ops region_ops = {
	.malloc = region_malloc,
	.memalign = region_memalign,
	.realloc = region_realloc,
	.free = region_free,
	.usable_size = region_usable_size,
	.addmem = region_addmem,
};

static struct region region = { .a = { .name = "region",
				       .ops = &region_ops } };

struct uk_alloc *uk_allocregion_get(void)
{
	return &region.a;
}

static int region_init(void)
{
	return uk_alloc_register(&region.a);
}
#ifdef CONFIG_LIBUKALLOC_DEFAULT_REGION
UK_INIT_ENTRY("1alloc", 3, region_init);
#else
uk_alloc_initcall(region_init);
#endif
