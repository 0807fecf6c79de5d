/* SPDX-License-Identifier: BSD-3-Clause */
/* The address space against a list of areas that forgets nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/vm.h>
#include "machine.h"

#ifdef CONFIG_HARDEN_ASLR
#define RANDOM 1
#else
#define RANDOM 0
#endif
#define AREAS 40
#define MAX_PAGES 1400
#define R UK_MEM_R
#define RW (UK_MEM_R | UK_MEM_W)
#define RX (UK_MEM_R | UK_MEM_X)
#define PAGE UK_PAGE_SIZE

struct area {
	char *va;		/* NULL: none */
	size_t pages;
	unsigned int flags;
	bool sealed, device;
	unsigned char rights[MAX_PAGES];
	unsigned char stamp[MAX_PAGES];	/* 0: never written */
};
static struct area areas[AREAS];
static const char zeroes[PAGE];

static unsigned int real_rights(const struct area *a, size_t page)
{
	unsigned int rights = 0;
	uint64_t pa;

	if (!machine_mapped((uintptr_t)a->va + page * PAGE, &pa, &rights))
		return 0;
	return rights;
}

/* Pages of equal rights around this one. */
static size_t run_start(const struct area *a, size_t i)
{
	while (i && a->rights[i - 1] == a->rights[i])
		i--;
	return i;
}

static size_t run_end(const struct area *a, size_t i)
{
	while (i + 1 < a->pages && a->rights[i + 1] == a->rights[i])
		i++;
	return i + 1;
}

/* What the area should be, it is; what was written is there. */
static void check_area(const struct area *a)
{
	struct uk_vm_range r;
	uint64_t pa;

	for (size_t i = 0; i < a->pages; i++) {
		char *page = a->va + i * PAGE;

		CHECK(real_rights(a, i) == a->rights[i]);
		CHECK(!a->rights[i] || a->device ||
		      page[40] == (char)a->stamp[i]);
		if (i % 32 && a->rights[i] == a->rights[i - 1])
			continue;
		CHECK(!uk_vm_find((uintptr_t)page + 5, &r));
		CHECK(r.rights == a->rights[i] && !strcmp(r.name, "area"));
		CHECK(r.va == (uintptr_t)a->va + run_start(a, i) * PAGE);
		CHECK(r.len == (run_end(a, i) - run_start(a, i)) * PAGE);
		if (!a->rights[i])
			continue;
		CHECK(machine_mapped((uintptr_t)page, &pa, &r.rights));
		CHECK(uk_vm_phys(page + 5) == pa + 5);
	}
	if (a->flags & UK_VM_GUARD_BELOW)
		CHECK(uk_vm_find((uintptr_t)a->va - 1, &r) == -ENOENT);
	if (a->flags & UK_VM_GUARD_ABOVE)
		CHECK(uk_vm_find((uintptr_t)a->va + a->pages * PAGE, &r) ==
		      -ENOENT);
}

static void check_all(void)
{
	machine_check(0);
	for (int i = 0; i < AREAS; i++)
		if (areas[i].va)
			check_area(&areas[i]);
}

static bool try_alloc(struct area *a, size_t len, unsigned int rights,
		      unsigned int flags)
{
	uint64_t pa, next;
	unsigned int got;

	a->va = uk_vm_alloc("area", len, rights, flags);
	if (!a->va)
		return false;
	a->pages = (len + PAGE - 1) / PAGE;
	a->flags = flags;
	a->sealed = a->device = false;
	memset(a->rights, (int)rights, a->pages);
	memset(a->stamp, 0, a->pages);
	CHECK(!((uintptr_t)a->va % PAGE));
	for (size_t i = 0; i < a->pages; i++) {
		if (flags & UK_VM_DIRTY)
			a->stamp[i] = (unsigned char)a->va[i * PAGE + 40];
		else
			CHECK(!memcmp(a->va + i * PAGE, zeroes, PAGE));
	}
	CHECK(machine_mapped((uintptr_t)a->va, &pa, &got));
	for (size_t i = 1; i < a->pages && (flags & UK_VM_CONTIGUOUS); i++) {
		CHECK(machine_mapped((uintptr_t)a->va + i * PAGE, &next, &got));
		CHECK(next == pa + i * PAGE);
	}
	return true;
}

static bool try_free(struct area *a)
{
	int rc = uk_vm_free(a->va);

	CHECK(!a->sealed || rc == -EPERM);
	if (rc == -ENOMEM) {
		/* The table of a large page that was cut: what is left of the
		 * area goes at the second attempt. */
		machine_fail_frame = machine_fail_map = 0;
		CHECK(!uk_vm_free(a->va));
		a->va = NULL;
		return false;
	}
	if (!rc)
		a->va = NULL;
	return !rc;
}

static bool try_protect(struct area *a, size_t from, size_t n,
			unsigned int rights)
{
	int rc, want = 0;

	for (size_t i = from; i < from + n; i++)
		if (a->sealed && (rights & ~(unsigned int)a->rights[i]))
			want = -EPERM;
	rc = uk_vm_protect(a->va + from * PAGE, n * PAGE, rights);
	CHECK(rc == want || (!want && rc == -ENOMEM));
	if (!rc)
		memset(&a->rights[from], (int)rights, n);
	return !rc;
}

static void write_some(struct area *a)
{
	for (size_t i = 0; i < a->pages; i++)
		if ((a->rights[i] & UK_MEM_W) && !a->device && rnd(2))
			a->va[i * PAGE + 40] =
				(char)(a->stamp[i] = 1 + rnd(99));
}

static struct area *any_area(void)
{
	struct area *a = &areas[rnd(AREAS)];

	return a->va ? a : NULL;
}

static void random_op(void)
{
	static const unsigned int some[] = { 0, R, RW, RW, RX };
	struct area *a = &areas[rnd(AREAS)];
	size_t from, n;

	switch (rnd(10)) {
	case 0 ... 3:
		n = rnd(12) ? 1 + rnd(20) : 1 + rnd(MAX_PAGES);
		if (!a->va)
			try_alloc(a, n * PAGE - rnd(PAGE),
				  some[1 + rnd(4)], rnd(16));
		break;
	case 4 ... 5:
		a = any_area();
		if (a)
			try_free(a);
		break;
	case 6 ... 7:
		a = any_area();
		if (!a)
			break;
		from = rnd((unsigned int)a->pages);
		n = 1 + rnd((unsigned int)(a->pages - from));
		try_protect(a, from, n, some[rnd(5)]);
		break;
	case 8:
		a = any_area();
		if (a)
			write_some(a);
		break;
	case 9:
		a = any_area();
		if (a && !rnd(12)) {
			CHECK(!uk_vm_seal(a->va + rnd((unsigned int)a->pages) *
					  PAGE));
			a->sealed = true;
		}
		break;
	}
}

static size_t frames_free(void)
{
	struct uk_frame_stats st;

	uk_frame_stats(&st);
	return st.free;
}

static int random_ops(int seed)
{
	srandom((unsigned int)seed);
	/* Small ones run out of memory, large ones have large pages. */
	machine_boot(seed % 2 ? 300 : 6000);
	for (int op = 0; op < 1000; op++) {
		random_op();
		if (op % 32 == 0)
			check_all();
	}
	check_all();
	for (int i = 0; i < AREAS; i++)
		if (areas[i].va)
			try_free(&areas[i]);
	check_all();
	return 0;
}

static void test_random(void **state)
{
	(void)state;
	for (int seed = 1; seed <= 8; seed++)
		machine_run(random_ops, seed);
}

/* ---- everything fails once -------------------------------------------- */

/* A story that uses every function, in pieces and with large pages. Whatever
 * fails in it must leave things as they were: that is what is checked. */
static void story(void)
{
	struct area *a = areas;
	void *va;
	size_t n;

	for (int i = 0; i < 24; i++, a++) {
		try_alloc(a, (1 + (size_t)i % 3) * PAGE, RW, i % 16);
		check_all();
	}
	try_alloc(a, 1100 * PAGE, RW, 0);
	check_all();
	if (a->va) {
		write_some(a);
		try_protect(a, 600, 1, R);
		check_all();
		try_protect(a, 512, 200, 0);
		check_all();
	}
	a++;
	for (int i = 0; i < 24; i += 2)
		if (areas[i].va)
			try_free(&areas[i]);
	check_all();
	/* All that is left: in pieces. */
	n = UK_MIN(uk_vm_available() / PAGE, (size_t)MAX_PAGES);
	try_alloc(a, n * PAGE, RW, UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	check_all();
	if (a->va) {
		write_some(a);
		try_protect(a, 3, n - 5, R);
		check_all();
		try_protect(a, 0, n, 0);
		check_all();
		try_protect(a, 7, n - 9, RX);
		check_all();
		try_protect(a, 0, n, RW);
		check_all();
	}
	a++;
	if (!uk_vm_map_device("area", MACHINE_SPARE_PA + 8, 3 * PAGE,
			      RW | UK_MEM_DEVICE, &va)) {
		a->va = (char *)va - 8;
		a->pages = 4;
		a->device = true;
		memset(a->rights, RW | UK_MEM_DEVICE, 4);
		check_all();
	}
	check_all();
	for (; a >= areas; a--)
		if (a->va) {
			try_free(a);
			check_all();
		}
}

static int story_failing(int k)
{
	size_t before, first;

	srandom(5);
	machine_boot(1500);
	before = frames_free();
	if (k > 0)
		machine_fail_frame = (unsigned int)k;
	else
		machine_fail_map = (unsigned int)-k;
	story();
	machine_fail_frame = machine_fail_map = 0;
	first = before - frames_free();
	/* Nothing is lost: what is gone is in the arrays and their tables,
	 * and a second time takes no more. */
	CHECK(first <= 4 + machine_tables());
	story();
	CHECK(before - frames_free() <= 4 + machine_tables());
	return (int)machine_failed;
}

static void test_failing(void **state)
{
	int n;

	(void)state;
	assert_int_equal(machine_run(story_failing, 0), 0);
	for (n = 1; machine_run(story_failing, n); n++)
		;
	print_message("%d frames refused\n", n - 1);
	assert_true(n > 30);
	for (n = 1; machine_run(story_failing, -n); n++)
		;
	print_message("%d mappings refused\n", n - 1);
	assert_true(n > 60);
}

/* ---- rules ------------------------------------------------------------- */

#define IS(call, rc) CHECK((call) == (rc))

static int rules(int unused)
{
	char *p, *q, *text = uk_image_text_start, *data = uk_image_data_start;
	unsigned int bits;
	uint64_t pa;

	(void)unused;
	machine_boot(400);
	p = uk_vm_alloc("p", 4 * PAGE, RW, 0);
	q = uk_vm_alloc("q", PAGE, RX, UK_VM_GUARD_BELOW);
	CHECK(p && q);

	CHECK(!uk_vm_alloc(NULL, PAGE, RW, 0));
	CHECK(!uk_vm_alloc("x", 0, RW, 0));
	CHECK(!uk_vm_alloc("x", SIZE_MAX, RW, 0));
	CHECK(!uk_vm_alloc("x", SIZE_MAX - PAGE, RW, 0));
	CHECK(!uk_vm_alloc("x", 400 * PAGE, RW, 0));
	CHECK(!uk_vm_alloc("x", PAGE, RW | UK_MEM_X, 0));
	CHECK(!uk_vm_alloc("x", PAGE, UK_MEM_W, 0));
	CHECK(!uk_vm_alloc("x", PAGE, 0, 0));
	CHECK(!uk_vm_alloc("x", PAGE, RW | UK_MEM_DEVICE, 0));
	CHECK(!uk_vm_alloc("x", PAGE, RW, 1u << 4));

	IS(uk_vm_protect(p + 1, PAGE, R), -EINVAL);
	IS(uk_vm_protect(p, PAGE + 1, R), -EINVAL);
	IS(uk_vm_protect(p, 0, R), -EINVAL);
	IS(uk_vm_protect(p, (size_t)0 - PAGE, R), -EINVAL);
	IS(uk_vm_protect(p, PAGE, 1u << 4), -EINVAL);
	IS(uk_vm_protect(p, PAGE, UK_MEM_X), -EINVAL);
	IS(uk_vm_protect(p, PAGE, RW | UK_MEM_X), -EPERM);
	IS(uk_vm_protect(q, 2 * PAGE, R), -ENOENT);
	IS(uk_vm_protect(q - PAGE, PAGE, R), -ENOENT);
	IS(uk_vm_protect(q - PAGE, 2 * PAGE, R), -ENOENT);
	IS(uk_vm_protect(NULL, PAGE, R), -ENOENT);

	IS(uk_vm_free(p + PAGE), -ENOENT);
	IS(uk_vm_free(p + 1), -EINVAL);
	IS(uk_vm_free(q - PAGE), -ENOENT);
	IS(uk_vm_free(NULL), -ENOENT);
	IS(uk_vm_seal(NULL), -ENOENT);
	IS(uk_vm_seal(q - 1), -ENOENT);

	/* The image keeps its rights, and nobody frees it. */
	IS(uk_vm_protect(text, PAGE, RW), -EPERM);
	IS(uk_vm_protect(text, 3 * PAGE, RW), -EPERM);
	IS(uk_vm_protect(uk_image_rodata_start, PAGE, RW), -EPERM);
	IS(uk_vm_protect(uk_image_rodata_start, PAGE, RX), -EPERM);
	IS(uk_vm_protect(data, PAGE, RX), -EPERM);
	IS(uk_vm_protect(text, MACHINE_IMAGE_PAGES * PAGE, RX), -EPERM);
	IS(uk_vm_free(text), -EPERM);
	IS(uk_vm_free(data), -EPERM);
	IS(uk_vm_protect(data, PAGE, R), 0);
	IS(uk_vm_protect(data, PAGE, RW), -EPERM);

	/* A seal is for the whole area, and for good. */
	IS(uk_vm_protect(p + PAGE, PAGE, R), 0);
	IS(uk_vm_seal(p + 3 * PAGE + 7), 0);
	IS(uk_vm_protect(p + PAGE, PAGE, RW), -EPERM);
	IS(uk_vm_protect(p, 2 * PAGE, RW), -EPERM);
	IS(uk_vm_protect(p, PAGE, RW), 0);
	IS(uk_vm_protect(p, 4 * PAGE, R), 0);
	IS(uk_vm_protect(p, PAGE, RW), -EPERM);
	IS(uk_vm_protect(p, 4 * PAGE, 0), 0);
	IS(uk_vm_protect(p, PAGE, R), -EPERM);
	IS(uk_vm_free(p), -EPERM);
	IS(uk_vm_phys(p), UINT64_MAX);
	machine_check(0);

	/* Execute or write, one after the other, is possible. */
	IS(uk_vm_protect(q, PAGE, RW), 0);
	IS(uk_vm_protect(q, PAGE, RX), 0);
	CHECK(machine_mapped((uintptr_t)q, &pa, &bits) && bits == RX);
	IS(uk_vm_free(q), 0);
	IS(uk_vm_free(q), -ENOENT);
	machine_check(0);
	return 0;
}

static int devices(int unused)
{
	const uint64_t spare = MACHINE_SPARE_PA;
	unsigned int rights;
	char *data, *extra;
	struct uk_vm_range r;
	void *va = &r;
	uint64_t pa;

	(void)unused;
	machine_boot(400);
	data = uk_vm_alloc("data", PAGE, RW, 0);
	pa = uk_vm_phys(data);
	CHECK(data && pa != UINT64_MAX);

	IS(uk_vm_map_device(NULL, spare, 8, RW, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 0, RW, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, SIZE_MAX, RW, &va), -EINVAL);
	IS(uk_vm_map_device("d", UINT64_MAX - 4, 8, RW, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 8, 0, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 8, UK_MEM_DEVICE, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 8, UK_MEM_W, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 8, 1u << 4 | R, &va), -EINVAL);
	IS(uk_vm_map_device("d", spare, 8, RX, &va), -EPERM);
	/* No second way to the image, to memory, to page tables. */
	IS(uk_vm_map_device("d", MACHINE_HIGH, 8, R, &va), -EPERM);
	IS(uk_vm_map_device("d", MACHINE_HIGH + (MACHINE_IMAGE_PAGES - 1) *
			    PAGE, 8, RW, &va), -EPERM);
	IS(uk_vm_map_device("d", MACHINE_HIGH - 1, 2, RW, &va), -EPERM);
	IS(uk_vm_map_device("d", pa, 8, R, &va), -EPERM);
	IS(uk_vm_map_device("d", spare - 1, 2, RW, &va), -EPERM);
	IS(uk_vm_map_device("d", 0, 1ul << 40, RW, &va), -EPERM);
	CHECK(va == &r);

	IS(uk_vm_map_device("d", spare + PAGE - 2, 4, RW | UK_MEM_DEVICE,
			    &va), 0);
	CHECK((uintptr_t)va % PAGE == PAGE - 2);
	IS(uk_vm_find((uintptr_t)va, &r), 0);
	CHECK(r.len == 2 * PAGE && r.rights == (RW | UK_MEM_DEVICE));
	IS(uk_vm_phys(va), spare + PAGE - 2);
	IS(uk_vm_protect((void *)r.va, PAGE, RX), -EPERM);
	IS(uk_vm_protect((void *)r.va, PAGE, R), 0);
	CHECK(machine_mapped(r.va, &pa, &rights));
	CHECK(rights == (R | UK_MEM_DEVICE) && pa == spare);
	machine_check(0);
	/* Page 0 is no RAM for the allocator: tables there may be read. */
	IS(uk_vm_map_device("low", 0x40e, 2, R, (void **)&extra), 0);
	IS(uk_vm_free(extra), 0);
	IS(uk_vm_free(va), 0);
	IS(uk_vm_find((uintptr_t)va, &r), -ENOENT);
	machine_check(0);
	return 0;
}

/* What uk_vm_available promises, uk_vm_alloc keeps, in any state. */
static int available(int seed)
{
	static void *p[160];
	size_t n, len;
	char *all;

	srandom((unsigned int)seed);
	machine_boot(seed % 3 ? 250 + rnd(300) : 20000);
	/* Every fifth time there is nothing yet, not even an upper table. */
	for (n = 0; n < 160; n++)
		p[n] = seed % 5 ? uk_vm_alloc("p", (1 + rnd(2)) * PAGE, RW,
					      rnd(16)) : NULL;
	for (n = 0; n < 160; n++)
		if (p[n] && rnd(2))
			CHECK(!uk_vm_free(p[n]));
	len = uk_vm_available();
	/* Not too modest: within a dozen pages and one for each table. (What
	 * is drawn cuts this machine's small address space in pieces.) */
	CHECK(RANDOM || len / PAGE + len / PAGE / 512 + 16 >= frames_free());
	CHECK(len < frames_free() * PAGE);
	all = uk_vm_alloc("all", len, RW, UK_VM_GUARD_BELOW |
			  UK_VM_GUARD_ABOVE);
	CHECK(all);
	memset(all, 1, len);
	machine_check(0);
	CHECK(!uk_vm_free(all));
	CHECK(uk_vm_available() >= len - 2 * PAGE);
	for (n = 64; n; n /= 8)
		while (uk_vm_alloc("rest", n * PAGE, RW, UK_VM_CONTIGUOUS))
			;
	CHECK(uk_vm_available() == 0);
	machine_check(0);
	return 0;
}

/* Large memory lies so that large pages fit. */
static int large(int unused)
{
	char *p, *q;

	(void)unused;
	machine_boot(6000);
	p = uk_vm_alloc("small", PAGE, RW, UK_VM_GUARD_ABOVE);
	q = uk_vm_alloc("large", 2000 * PAGE, RW, 0);
	CHECK(p && q);
	/* Behind what may lead it where placement is random. */
	q += 2ul << 20;
	CHECK(!(((uintptr_t)q - uk_vm_phys(q)) % (2ul << 20)));
	/* Two upper ones, one for p, one for each end of q, and of the lead. */
	CHECK(machine_tables() <= 5 + RANDOM);
	machine_check(0);
	return 0;
}

static int stacks(int unused)
{
	char *s[8];
	void *top;
	struct uk_vm_range r;

	(void)unused;
	machine_boot(400);
	for (int i = 0; i < 8; i++) {
		s[i] = uk_stack_alloc("stack", 5000, &top);
		CHECK(s[i] && top == s[i] + 2 * PAGE);
		s[i][0] = 1;
		((char *)top)[-1] = 1;
		IS(uk_vm_find((uintptr_t)s[i] - 1, &r), -ENOENT);
		IS(uk_vm_find((uintptr_t)top, &r), -ENOENT);
	}
	for (int i = 0; i < 8; i++)
		uk_stack_free(s[i]);
	top = &r;
	CHECK(!uk_stack_alloc("stack", 400 * PAGE, &top) && top == &r);
	CHECK(!uk_stack_alloc("stack", SIZE_MAX, &top) && top == &r);
	CHECK(!uk_stack_alloc("stack", 0, &top) && top == &r);
	CHECK(machine_dies((void (*)(void *))uk_stack_free, s[0]));
	machine_check(0);
	return 0;
}

struct seen {
	const char *name[16];
	unsigned int rights[16];
	size_t len[16];
	int n;
};

static int note(const struct uk_vm_range *r, void *arg)
{
	struct seen *s = arg;

	s->name[s->n] = r->name;
	s->len[s->n] = r->len;
	s->rights[s->n++] = r->rights;
	return s->n == 5 ? 42 : 0;
}

static int image_sealed(int unused)
{
	static const char *const names[] = {
		"text", "rodata", "roinit", "data", "bss",
	};
	static const unsigned int rights[] = { RX, R, RW, RW, RW };
	static const size_t pages[] = { 3, 2, 1, 1, 3 };
	struct seen s = { .n = 0 };

	(void)unused;
	machine_boot(400);
	/* Both windows of core/mem are empty, and no range. */
	IS(uk_vm_foreach(note, &s), 42);
	for (int i = 0; i < 5; i++) {
		CHECK(!strcmp(s.name[i], names[i]));
		CHECK(s.rights[i] == rights[i] && s.len[i] == pages[i] * PAGE);
	}
	uk_mem_seal_image();
	s.n = 0;
	IS(uk_vm_foreach(note, &s), 42);
	for (int i = 0; i < 5; i++)
		CHECK(s.rights[i] == (i == 2 ? R : rights[i]));
	IS(uk_vm_protect(uk_image_roinit_start, PAGE, RW), -EPERM);
	machine_check(0);
	return 0;
}

static void boot_with(void *arg)
{
	uk_mem_init(arg);
}

static int refused(int unused)
{
	static struct uk_bootinfo bi = {
		.n_regions = 1, .regions = {
			{ 0x100000, 0x30000, UK_REGION_RAM },
		}, .image_pa = 0x100000,
	};
	const char *why;

	(void)unused;
	why = machine_dies(boot_with, &bi);
	CHECK(why && strstr(why, "needs at least 232 KiB, has 192 KiB"));
	bi.regions[0].len = UINT64_MAX;
	why = machine_dies(boot_with, &bi);
	CHECK(why && strstr(why, "region 0"));
	return 0;
}

#define RUN(fn)								\
	static void test_##fn(void **state)				\
	{								\
		(void)state;						\
		machine_run(fn, 0);					\
	}
RUN(rules)
RUN(devices)
RUN(stacks)
RUN(large)
RUN(image_sealed)
RUN(refused)

static void test_available(void **state)
{
	(void)state;
	for (int seed = 1; seed <= 30; seed++)
		machine_run(available, seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_devices),
		cmocka_unit_test(test_stacks),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_image_sealed),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_available),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_failing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
