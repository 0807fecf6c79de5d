/* SPDX-License-Identifier: BSD-3-Clause */
/* Nothing is copied or changed: a node is a few pointers into the tree. */
#include "fdt.h"

#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/str.h>

#define MAGIC 0xd00dfeedu
#define VERSION 17u

#define BEGIN_NODE 1u
#define END_NODE 2u
#define PROP 3u
#define NOP 4u
#define END 9u

#define DEPTH 3			/* root, its nodes, and theirs */
#define INTERRUPT_CELLS 3
#define SPI 0u			/* kinds of interrupts of a GIC */
#define SPI_FIRST 32u
#define PPI_FIRST 16u
#define PPIS 16u
#define VIRTUAL_TIMER 2		/* of secure, not secure, virtual, hyp */

struct prop {
	const uint8_t *at;	/* NULL = not there */
	uint32_t len;
};

struct node {
	const char *name;
	/* Cells of the addresses and sizes of the nodes in it. */
	uint32_t address_cells, size_cells;
	struct prop compatible, reg, interrupts, status, type, method;
};

struct tree {
	const uint8_t *at, *end;	/* of the structure: next, behind it */
	const char *strings;
	uint32_t strings_len;
	const uint8_t *blob;
	struct fdt_facts *out;
	struct uk_bootinfo *bi;
	struct node nodes[DEPTH];
	struct prop initrd_start, initrd_end;
};

static uint32_t be32(const uint8_t *p)
{
	uint32_t v;

	__builtin_memcpy(&v, p, sizeof(v));
	return __builtin_bswap32(v);
}

static uint64_t cells(const uint8_t *p, uint32_t n)
{
	return n == 2 ? (uint64_t)be32(p) << 32 | be32(p + 4) : be32(p);
}

/* A text, or one of several, that is in the property and ends there. */
static bool has(const struct prop *p, const char *text)
{
	const uint32_t n = (uint32_t)strlen(text) + 1;
	uint32_t at = 0;

	while (p->at && p->len - at >= n) {
		if (!memcmp(p->at + at, text, n))
			return true;
		/* Behind this one; there is room for another, or not. */
		while (p->len - at >= n && p->at[at])
			at++;
		at++;
		if (at > p->len)
			break;
	}
	return false;
}

/* The i-th place of a node whose parent says how it is written. */
static bool reg(const struct node *parent, const struct node *n, uint32_t i,
		uint64_t *base, uint64_t *len)
{
	uint32_t a = parent->address_cells, s = parent->size_cells;
	const uint8_t *p;

	if (a < 1 || a > 2 || s < 1 || s > 2 || !n->reg.at ||
	    n->reg.len / ((a + s) * 4) <= i)
		return false;
	p = n->reg.at + i * (a + s) * 4;
	*base = cells(p, a);
	*len = cells(p + a * 4, s);
	return *len != 0 && *base <= UINT64_MAX - *len;
}

/* The number that the controller knows the i-th interrupt by; 0 = none. */
static unsigned int interrupt(const struct node *n, uint32_t i, uint32_t kind)
{
	const uint8_t *p = n->interrupts.at;
	uint32_t nr;

	if (!p || n->interrupts.len / (INTERRUPT_CELLS * 4) <= i)
		return 0;
	p += i * INTERRUPT_CELLS * 4;
	if (be32(p) != kind)
		return 0;
	nr = be32(p + 4);
	if (kind == SPI)
		return nr < 988 ? SPI_FIRST + nr : 0;
	return nr < PPIS ? PPI_FIRST + nr : 0;
}

static int add_region(struct uk_bootinfo *bi, uint64_t base, uint64_t len,
		      enum uk_region_kind kind)
{
	if (bi->n_regions == UK_BOOTINFO_MAX_REGIONS)
		return -EINVAL;
	bi->regions[bi->n_regions++] = (struct uk_region){ base, len, kind };
	return 0;
}

/* [base, base + len) is no RAM after all. */
static int reserve(struct uk_bootinfo *bi, uint64_t base, uint64_t len)
{
	uint64_t end = base + len;
	size_t i, n = bi->n_regions;

	for (i = 0; i < n; i++) {
		struct uk_region *r = &bi->regions[i];
		uint64_t last = r->base + r->len;

		if (r->kind != UK_REGION_RAM || end <= r->base || base >= last)
			continue;
		if (end < last && base > r->base) {
			r->len = base - r->base;
			if (add_region(bi, end, last - end, UK_REGION_RAM))
				return -EINVAL;
		} else if (base > r->base) {
			r->len = base - r->base;
		} else if (end < last) {
			r->base = end;
			r->len = last - end;
		} else {
			/* Nothing is left of it. */
			r->kind = UK_REGION_RESERVED;
		}
	}
	return 0;
}

static int take_memory(struct tree *t, const struct node *parent,
		       const struct node *n)
{
	uint64_t base, len;
	uint32_t i;

	for (i = 0; reg(parent, n, i, &base, &len); i++)
		if (add_region(t->bi, base, len, UK_REGION_RAM))
			return -EINVAL;
	return 0;
}

static void take_gic(struct fdt_facts *f, const struct node *parent,
		     const struct node *n, unsigned int version)
{
	uint64_t dist, dist_len, cpu, cpu_len;

	if (f->gic || !reg(parent, n, 0, &dist, &dist_len) ||
	    !reg(parent, n, 1, &cpu, &cpu_len))
		return;
	f->gic = version;
	f->gic_dist = dist;
	f->gic_dist_len = dist_len;
	f->gic_cpu = cpu;
	f->gic_cpu_len = cpu_len;
}

static void take_mmio(struct fdt_facts *f, const struct node *parent,
		      const struct node *n)
{
	unsigned int irq = interrupt(n, 0, SPI);
	uint64_t base, len;

	if (f->n_mmio == FDT_MAX_MMIO || !irq ||
	    !reg(parent, n, 0, &base, &len) || len > UINT32_MAX)
		return;
	f->mmio[f->n_mmio++] = (struct ukplat_mmio){
		.pa = base,
		.len = (uint32_t)len,
		.irq = irq,
	};
}

/* A node of the root that has ended. */
static int take_node(struct tree *t, const struct node *parent,
		     const struct node *n)
{
	struct fdt_facts *f = t->out;
	uint64_t base, len;

	/* First of all what a machine has dozens of. */
	if (has(&n->compatible, "virtio,mmio")) {
		if (!n->status.at || has(&n->status, "okay"))
			take_mmio(f, parent, n);
		return 0;
	}
	if (has(&n->type, "memory"))
		return take_memory(t, parent, n);
	if (n->status.at && !has(&n->status, "okay") && !has(&n->status, "ok"))
		return 0;
	if (has(&n->compatible, "arm,pl011")) {
		if (!f->uart && reg(parent, n, 0, &base, &len))
			f->uart = base;
	} else if (has(&n->compatible, "arm,pl031")) {
		if (!f->rtc && reg(parent, n, 0, &base, &len))
			f->rtc = base;
	} else if (has(&n->compatible, "arm,gic-v3")) {
		take_gic(f, parent, n, 3);
	} else if (has(&n->compatible, "arm,cortex-a15-gic") ||
		   has(&n->compatible, "arm,gic-400")) {
		take_gic(f, parent, n, 2);
	} else if (has(&n->compatible, "arm,armv8-timer")) {
		f->timer = interrupt(n, VIRTUAL_TIMER, 1);
	} else if (has(&n->compatible, "arm,psci-1.0") ||
		   has(&n->compatible, "arm,psci-0.2")) {
		f->psci = has(&n->method, "hvc") ? FDT_CALL_HVC :
			  has(&n->method, "smc") ? FDT_CALL_SMC : FDT_CALL_NONE;
	}
	return 0;
}

/* A property of /chosen. */
static int take_chosen(struct tree *t, const char *name,
		       const struct prop *p, const char **why, uint64_t *value)
{
	struct uk_bootinfo *bi = t->bi;

	if (!strcmp(name, "bootargs")) {
		size_t len = p->len && !p->at[p->len - 1] ? p->len - 1 : p->len;

		*why = "the boot command line is longer than its buffer: "
		       "shorten it";
		*value = len;
		if (len > UK_BOOTINFO_MAX_CMDLINE)
			return -EINVAL;
		*why = "there is a NUL in the boot command line";
		if (memchr(p->at, 0, len))
			return -EINVAL;
		memcpy(bi->cmdline, p->at, len);
		bi->cmdline[len] = '\0';
		bi->cmdline_len = len;
	} else if (!strcmp(name, "rng-seed")) {
		bi->seed_len = UK_MIN((size_t)p->len, sizeof(bi->seed));
		memcpy(bi->seed, p->at, bi->seed_len);
		t->out->seed_at = (size_t)(p->at - t->blob);
		t->out->seed_len = p->len;
	} else if (!strcmp(name, "linux,initrd-start")) {
		t->initrd_start = *p;
	} else if (!strcmp(name, "linux,initrd-end")) {
		t->initrd_end = *p;
	}
	return 0;
}

static void take_property(struct node *n, const char *name,
			  const struct prop *p)
{
	static const struct {
		char name[12];
		uint8_t at;
	} known[] = {
		{ "compatible", offsetof(struct node, compatible) },
		{ "reg", offsetof(struct node, reg) },
		{ "interrupts", offsetof(struct node, interrupts) },
		{ "status", offsetof(struct node, status) },
		{ "device_type", offsetof(struct node, type) },
		{ "method", offsetof(struct node, method) },
	};
	unsigned int i;

	if (name[0] == '#' && p->len == 4) {
		if (!strcmp(name, "#address-cells"))
			n->address_cells = be32(p->at);
		else if (!strcmp(name, "#size-cells"))
			n->size_cells = be32(p->at);
		return;
	}
	for (i = 0; i < UK_ARRAY_SIZE(known); i++)
		if (name[0] == known[i].name[0] &&
		    !strcmp(name, known[i].name)) {
			*(struct prop *)((char *)n + known[i].at) = *p;
			return;
		}
}

/* A text that ends before `end`, or NULL. */
static const char *text(const uint8_t *p, const uint8_t *end)
{
	return p < end && memchr(p, 0, (size_t)(end - p)) ? (const char *)p :
	       NULL;
}

/* The next word; false: there is none. Words are aligned. */
static bool word(struct tree *t, uint32_t *v)
{
	if (t->end - t->at < 4)
		return false;
	*v = be32(t->at);
	t->at += 4;
	return true;
}

static bool skip(struct tree *t, size_t len)
{
	len = UK_ALIGN_UP(len, 4);
	if ((size_t)(t->end - t->at) < len)
		return false;
	t->at += len;
	return true;
}

static bool read_property(struct tree *t, struct prop *p, const char **name)
{
	const uint8_t *strings = (const uint8_t *)t->strings;
	uint32_t len, at;

	if (!word(t, &len) || !word(t, &at) || at >= t->strings_len ||
	    len > (size_t)(t->end - t->at))
		return false;
	*name = text(strings + at, strings + t->strings_len);
	*p = (struct prop){ t->at, len };
	return *name && skip(t, len);
}

static bool is_reserved(const struct node *n)
{
	return !strcmp(n->name, "reserved-memory");
}

static int end_node(struct tree *t, unsigned int depth)
{
	struct node *n = &t->nodes[depth];
	uint64_t base, len;

	if (depth == 1)
		return take_node(t, &t->nodes[0], n);
	/* Once all memory is known; nodes may come in any order. */
	if (depth == 2 && is_reserved(&t->nodes[1]) &&
	    reg(&t->nodes[1], n, 0, &base, &len))
		return add_region(t->bi, base, len, UK_REGION_RESERVED);
	return 0;
}

static int walk(struct tree *t, const char **why, uint64_t *value)
{
	unsigned int depth = 0;	/* of the node to come */
	struct prop p;
	const char *name;
	uint32_t token;
	int rc = 0;

	do {
		*why = "the device tree is cut short or damaged (at byte)";
		*value = (uint64_t)(t->at - t->blob);
		if (!word(t, &token))
			return -EINVAL;
		if (token == BEGIN_NODE) {
			name = text(t->at, t->end);
			if (!name || !skip(t, strlen(name) + 1) || ++depth == 0)
				return -EINVAL;
			if (depth <= DEPTH)
				t->nodes[depth - 1] = (struct node){
					.name = name,
					.address_cells = 2,
					.size_cells = 1,
				};
		} else if (token == END_NODE) {
			if (!depth)
				return -EINVAL;
			depth--;
			*why = "the device tree has too many pieces of memory";
			rc = depth < DEPTH ? end_node(t, depth) : 0;
		} else if (token == PROP) {
			if (!depth || !read_property(t, &p, &name))
				return -EINVAL;
			if (depth <= DEPTH)
				take_property(&t->nodes[depth - 1], name, &p);
			if (depth == 2 && !strcmp(t->nodes[1].name, "chosen"))
				rc = take_chosen(t, name, &p, why, value);
		} else if (token != NOP && token != END) {
			return -EINVAL;
		}
	} while (!rc && (token != END || depth));
	return rc;
}

/* The list of reserved memory in front of the tree ends with zeroes. */
static int read_reserved(struct tree *t, uint32_t at, size_t len)
{
	const uint8_t *p = t->blob + at, *end = t->blob + len;
	uint64_t base, n;

	for (; end - p >= 16; p += 16) {
		base = cells(p, 2);
		n = cells(p + 8, 2);
		if (!base && !n)
			return 0;
		if (n && (base > UINT64_MAX - n ||
			  add_region(t->bi, base, n, UK_REGION_RESERVED)))
			return -EINVAL;
	}
	return -EINVAL;
}

/* Regions that are reserved are taken out of RAM; then they say nothing. */
static int settle(struct uk_bootinfo *bi)
{
	size_t i, n = bi->n_regions, kept = 0;

	for (i = 0; i < n; i++)
		if (bi->regions[i].kind == UK_REGION_RESERVED &&
		    reserve(bi, bi->regions[i].base, bi->regions[i].len))
			return -EINVAL;
	for (i = 0; i < bi->n_regions; i++)
		if (bi->regions[i].kind != UK_REGION_RESERVED)
			bi->regions[kept++] = bi->regions[i];
	bi->n_regions = kept;
	return 0;
}

static int take_initrd(struct tree *t)
{
	const struct prop *s = &t->initrd_start, *e = &t->initrd_end;
	uint64_t start, end;

	if (!s->at || !e->at)
		return 0;
	if ((s->len != 4 && s->len != 8) || (e->len != 4 && e->len != 8))
		return -EINVAL;
	start = cells(s->at, s->len / 4);
	end = cells(e->at, e->len / 4);
	if (end < start)
		return -EINVAL;
	return start == end ? 0 :
	       add_region(t->bi, start, end - start, UK_REGION_INITRD);
}

size_t fdt_size(const void *blob)
{
	const uint8_t *p = blob;
	uint32_t len = be32(p + 4);

	return be32(p) == MAGIC && len >= FDT_HEADER && len <= FDT_MAX ? len :
	       0;
}

static bool inside(size_t len, uint32_t at, uint32_t n)
{
	return at <= len && n <= len - at;
}

int fdt_decode(const void *blob, size_t len, struct fdt_facts *out,
	       struct uk_bootinfo *bi, const char **why, uint64_t *value)
{
	const uint8_t *p = blob;
	uint32_t at_struct = be32(p + 8), at_strings = be32(p + 12);
	uint32_t len_strings = be32(p + 32), len_struct = be32(p + 36);
	struct tree t = {
		.at = p + at_struct,
		.end = p + at_struct + len_struct,
		.strings = (const char *)p + at_strings,
		.strings_len = len_strings,
		.blob = p,
		.out = out,
		.bi = bi,
	};

	memset(out, 0, sizeof(*out));
	memset(bi, 0, sizeof(*bi));
	bi->protocol = "fdt";
	*why = "the device tree has another version than 17";
	*value = be32(p + 20);
	if (be32(p + 20) < VERSION || be32(p + 24) > VERSION)
		return -EINVAL;
	*why = "the device tree says that it is where it is not";
	*value = at_struct;
	if (!inside(len, at_struct, len_struct) || at_struct % 4 ||
	    !inside(len, at_strings, len_strings) ||
	    !inside(len, be32(p + 16), 16) || be32(p + 16) % 8)
		return -EINVAL;
	*why = "the device tree has too many pieces of reserved memory";
	*value = 0;
	if (read_reserved(&t, be32(p + 16), len))
		return -EINVAL;
	if (walk(&t, why, value))
		return -EINVAL;
	*why = "the device tree has too many pieces of memory";
	*value = bi->n_regions;
	if (settle(bi))
		return -EINVAL;
	*why = "the device tree names an initrd that ends before it begins";
	*value = 0;
	return take_initrd(&t);
}
