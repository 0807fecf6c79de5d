/* SPDX-License-Identifier: BSD-3-Clause */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/frame.h>
#include <uk/image.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "machine.h"

#define VA_START 0x200000000000ul
#define PAGES (1ul << 16)		/* of the window that are looked at */
#ifdef CONFIG_HARDEN_ASLR
#define VA_SIZE (PAGES * UK_PAGE_SIZE)	/* what is drawn lies anywhere */
#else
#define VA_SIZE (64ul << 30)
#endif
#define SLOT_PAGES 512ul
#define SLOTS (PAGES / SLOT_PAGES)

const struct ukplat_info ukplat_info = {
	.name = "test",
	.va_start = VA_START,
	.va_end = VA_START + VA_SIZE,
};

/* For draw.c; the same in each run. */
size_t ukplat_entropy(void *buf, size_t len)
{
	char *p = buf;
	size_t i;

	for (i = 0; i < len; i++)
		p[i] = (char)random();
	return len;
}

void ukplat_exit(int status)
{
	_exit(status);
}

void uk_print_raw(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}

/* text 3 pages, rodata 2, roinit 1, data 1, bss 3 */
__asm__(".pushsection .data.image, \"aw\"\n"
	".balign 4096\n"
	".globl uk_image_start, uk_image_text_start, uk_image_text_end\n"
	".globl uk_image_rodata_start, uk_image_rodata_end\n"
	".globl uk_image_roinit_start, uk_image_roinit_end\n"
	".globl uk_image_data_start, uk_image_data_end\n"
	".globl uk_image_bss_start, uk_image_bss_end, uk_image_end\n"
	"uk_image_start:\nuk_image_text_start: .skip 0x3000\n"
	"uk_image_text_end:\nuk_image_rodata_start: .skip 0x2000\n"
	"uk_image_rodata_end:\nuk_image_roinit_start: .skip 0x1000\n"
	"uk_image_roinit_end:\nuk_image_data_start: .skip 0x1000\n"
	"uk_image_data_end:\nuk_image_bss_start: .skip 0x3000\n"
	"uk_image_bss_end:\nuk_image_end:\n.popsection\n");

struct page {
	uint64_t pa;
	unsigned int rights;
	bool there;
};
struct slot {
	unsigned int used;	/* pages */
	bool large;
	uint64_t table;		/* frame, 0 = none */
};

struct uk_hvprotect machine_hv;

static struct page *window;
static struct page image[MACHINE_IMAGE_PAGES], null;
static struct slot slots[SLOTS];
static struct slot upper[2];	/* above them; there while anything is */
static size_t n_tables, n_frames, n_pages;
static int ram_fd = -1;
static bool committed;

unsigned int machine_fail_frame, machine_fail_map, machine_failed;

/* ---- refusals ---------------------------------------------------------- */

static bool refuse(unsigned int *count)
{
	if (!*count || --*count)
		return false;
	machine_failed++;
	return true;
}

int __real_uk_frame_alloc(size_t n, size_t align, uint64_t *pa);
int __wrap_uk_frame_alloc(size_t n, size_t align, uint64_t *pa);
size_t __real_mem_frame_take(size_t max, bool whole, uint64_t *pa);
size_t __wrap_mem_frame_take(size_t max, bool whole, uint64_t *pa);

int __wrap_uk_frame_alloc(size_t n, size_t align, uint64_t *pa)
{
	if (refuse(&machine_fail_frame))
		return -ENOMEM;
	return __real_uk_frame_alloc(n, align, pa);
}

size_t __wrap_mem_frame_take(size_t max, bool whole, uint64_t *pa)
{
	if (refuse(&machine_fail_frame))
		return 0;
	return __real_mem_frame_take(max, whole, pa);
}

static jmp_buf death;
static bool may_die;
static char last_words[256];

static void UK_NORETURN die(const char *fmt, va_list ap)
{
	uk_vsnprintf(last_words, sizeof(last_words), fmt, ap);
	if (!may_die) {
		fprintf(stderr, "died: %s\n", last_words);
		abort();
	}
	longjmp(death, 1);
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	va_list ap;

	(void)what;
	va_start(ap, fmt);
	die(fmt, ap);
}

static void UK_NORETURN refused(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	die(fmt, ap);
}

void ukplat_boot_refuse(const char *why, uint64_t value)
{
	refused("%s (%llu)", why, (unsigned long long)value);
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}

const char *machine_dies(void (*fn)(void *arg), void *arg)
{
	volatile bool died = true;

	may_die = true;
	if (!setjmp(death)) {
		fn(arg);
		died = false;
	}
	may_die = false;
	return died ? last_words : NULL;
}

int machine_run(int (*fn)(int arg), int arg)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid)
		_exit(fn(arg));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 100)
		fail_msg("ended with status %#x (case %d)", status, arg);
	return WEXITSTATUS(status);
}

/* ---- page tables ------------------------------------------------------- */

static struct page *page_at(uintptr_t va)
{
	uintptr_t start = (uintptr_t)uk_image_start;

	if (va >= start && va < (uintptr_t)uk_image_end)
		return &image[(va - start) / UK_PAGE_SIZE];
	if (va < UK_PAGE_SIZE)
		return &null;
	CHECK(va >= VA_START && va < VA_START + PAGES * UK_PAGE_SIZE);
	return &window[(va - VA_START) / UK_PAGE_SIZE];
}

static bool in_window(uintptr_t va)
{
	return va >= VA_START && va < VA_START + VA_SIZE;
}

static void check_args(uintptr_t va, size_t len, bool there)
{
	CHECK(len && !((va | len) % UK_PAGE_SIZE) && va + len > va);
	for (size_t i = 0; i < len; i += UK_PAGE_SIZE)
		CHECK(page_at(va + i)->there == there);
}

static bool take_table(struct slot *s)
{
	if (uk_frame_alloc(1, UK_PAGE_SIZE, &s->table))
		return false;
	n_tables++;
	return true;
}

static void give_table(struct slot *s)
{
	uint64_t pa = s->table;

	s->table = 0;
	n_tables--;
	uk_frame_free(pa, 1);
}

static size_t slot_first(uintptr_t va)
{
	return (va - VA_START) / (SLOT_PAGES * UK_PAGE_SIZE);
}

static uintptr_t slot_va(size_t i)
{
	return VA_START + i * SLOT_PAGES * UK_PAGE_SIZE;
}

/* Does [va, va + len) hold the whole slot? */
static bool covers(uintptr_t va, size_t len, size_t i)
{
	return va <= slot_va(i) && va + len >= slot_va(i + 1);
}

static void give_upper(void)
{
	for (int i = 0; i < 2 && !n_pages; i++)
		if (upper[i].table)
			give_table(&upper[i]);
}

static bool need_upper(void)
{
	for (int i = 0; i < 2; i++) {
		if (upper[i].table || take_table(&upper[i]))
			continue;
		give_upper();
		return false;
	}
	return true;
}

/* Tables for what [va, va + len) needs: all or nothing. */
static bool need_tables(uintptr_t va, uint64_t pa, size_t len)
{
	size_t first = slot_first(va), last = slot_first(va + len - 1), i;

	if (!need_upper())
		return false;
	for (i = first; i <= last; i++) {
		if (covers(va, len, i) &&
		    !((va - pa) % (SLOT_PAGES * UK_PAGE_SIZE)) &&
		    !slots[i].table)
			slots[i].large = true;
		else if (!slots[i].table && !take_table(&slots[i]))
			break;
	}
	if (i > last)
		return true;
	while (i-- > first) {
		slots[i].large = false;
		if (!slots[i].used && slots[i].table)
			give_table(&slots[i]);
	}
	give_upper();
	return false;
}

/* Large pages that [va, va + len) cuts become small ones. */
static bool split(uintptr_t va, size_t len)
{
	size_t i;

	for (i = slot_first(va); i <= slot_first(va + len - 1); i++) {
		if (!slots[i].large || covers(va, len, i))
			continue;
		if (!take_table(&slots[i]))
			return false;
		slots[i].large = false;
	}
	return true;
}

static int prot(unsigned int rights)
{
	return (rights & UK_MEM_R ? PROT_READ : 0) |
	       (rights & UK_MEM_W ? PROT_WRITE : 0);
}

int ukplat_map_begin(void)
{
	CHECK(!committed);
	return 0;
}

int ukplat_map_commit(void)
{
	committed = true;
	return 0;
}

int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights)
{
	check_args(va, len, false);
	CHECK(rights & UK_MEM_R);
	if (refuse(&machine_fail_map))
		return -ENOMEM;
	if (in_window(va)) {
		CHECK(committed);
		if (!need_tables(va, pa, len))
			return -ENOMEM;
		CHECK(mmap((void *)va, len, prot(rights), MAP_SHARED |
			   MAP_FIXED_NOREPLACE, ram_fd, (off_t)pa) ==
		      (void *)va);
		for (size_t i = 0; i < len; i += UK_PAGE_SIZE)
			slots[slot_first(va + i)].used++;
		n_pages += len / UK_PAGE_SIZE;
	}
	for (size_t i = 0; i < len; i += UK_PAGE_SIZE)
		*page_at(va + i) = (struct page){ pa + i, rights, true };
	return 0;
}

int ukplat_unmap(uintptr_t va, size_t len)
{
	size_t i;

	check_args(va, len, true);
	CHECK(in_window(va));
	if (refuse(&machine_fail_map) || !split(va, len))
		return -ENOMEM;
	CHECK(!munmap((void *)va, len));
	for (i = 0; i < len; i += UK_PAGE_SIZE) {
		page_at(va + i)->there = false;
		slots[slot_first(va + i)].used--;
		n_pages--;
	}
	for (i = slot_first(va); i <= slot_first(va + len - 1); i++) {
		if (slots[i].used)
			continue;
		slots[i].large = false;
		if (slots[i].table)
			give_table(&slots[i]);
	}
	give_upper();
	return 0;
}

int ukplat_protect(uintptr_t va, size_t len, unsigned int rights)
{
	check_args(va, len, true);
	CHECK(rights & UK_MEM_R);
	if (refuse(&machine_fail_map))
		return -ENOMEM;
	if (in_window(va)) {
		if (!split(va, len))
			return -ENOMEM;
		CHECK(!mprotect((void *)va, len, prot(rights)));
	}
	for (size_t i = 0; i < len; i += UK_PAGE_SIZE)
		page_at(va + i)->rights = rights;
	return 0;
}

int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len)
{
	*len = UK_PAGE_SIZE;
	if (!page_at(va)->there)
		return -ENOENT;
	*pa = page_at(va)->pa;
	*rights = page_at(va)->rights;
	return 0;
}

size_t machine_tables(void)
{
	return n_tables;
}

bool machine_mapped(uintptr_t va, uint64_t *pa, unsigned int *rights)
{
	*pa = page_at(va)->pa;
	*rights = page_at(va)->rights;
	return page_at(va)->there;
}

/* ---- comparing --------------------------------------------------------- */

struct walk {
	uintptr_t end;
	size_t pages, mapped;
};

static int look(const struct uk_vm_range *r, void *arg)
{
	struct walk *w = arg;
	size_t off;

	CHECK(r->len && !((r->va | r->len) % UK_PAGE_SIZE) && r->name);
	CHECK(r->va >= w->end);
	w->end = r->va + r->len;
	for (off = 0; off < r->len; off += UK_PAGE_SIZE) {
		const struct page *p = page_at(r->va + off);

		CHECK(p->there == !!r->rights);
		if (!p->there)
			continue;
		CHECK(p->rights == r->rights);
		w->mapped++;
#ifdef CONFIG_HARDEN_WX
		CHECK(!(r->rights & UK_MEM_W) || !(r->rights & UK_MEM_X));
#endif
	}
	w->pages += r->len / UK_PAGE_SIZE;
	return 0;
}

void machine_check(size_t held)
{
	static unsigned char seen[(MACHINE_HIGH >> UK_PAGE_SHIFT) + (1 << 15)];
	struct uk_frame_stats st;
	struct walk w = { 0 };
	size_t mapped = 0, hidden = 0, i;

	CHECK(!uk_vm_foreach(look, &w));
	memset(seen, 0, sizeof(seen));
	for (i = 0; i < PAGES; i++) {
		uint64_t frame = window[i].pa >> UK_PAGE_SHIFT;

		if (!window[i].there)
			continue;
		mapped++;
		if (window[i].rights & UK_MEM_DEVICE) {
			hidden++;	/* not a frame of RAM */
			continue;
		}
		CHECK(frame < sizeof(seen) && !seen[frame]++);
	}
	/* Nothing is mapped that has no record. */
	CHECK(w.mapped == mapped + MACHINE_IMAGE_PAGES + null.there);
	uk_frame_stats(&st);
	CHECK(st.total == n_frames);
	/* Records without rights hold frames, too; devices hold none. */
	CHECK(st.free + n_tables + w.pages - MACHINE_IMAGE_PAGES - hidden +
	      held == st.total);
}

/* ---- start ------------------------------------------------------------- */

void machine_boot(size_t frames)
{
	static struct uk_bootinfo bi;
	size_t high = frames - (MACHINE_LOW - 1);

	CHECK(frames >= MACHINE_LOW);
	CHECK(uk_image_end - uk_image_start ==
	      MACHINE_IMAGE_PAGES * UK_PAGE_SIZE);
	ram_fd = memfd_create("ram", 0);
	n_frames = frames;
	bi.regions[0] = (struct uk_region){
		MACHINE_HIGH, (MACHINE_IMAGE_PAGES + high) * UK_PAGE_SIZE,
		UK_REGION_RAM,
	};
	bi.regions[1] = (struct uk_region){
		0, MACHINE_LOW * UK_PAGE_SIZE, UK_REGION_RAM,
	};
	bi.regions[2] = (struct uk_region){
		MACHINE_SPARE_PA, MACHINE_SPARE * UK_PAGE_SIZE,
		UK_REGION_RESERVED,
	};
	bi.n_regions = 3;
	bi.image_pa = MACHINE_HIGH;
	bi.hv = machine_hv;
	/* Where the image was loaded in vain. */
	if (machine_hv.by && machine_hv.pa != MACHINE_HIGH)
		n_frames += machine_hv.len / UK_PAGE_SIZE;
	CHECK(ram_fd >= 0);
	CHECK(!ftruncate(ram_fd, (off_t)(bi.regions[0].base +
					 bi.regions[0].len)));
	window = calloc(PAGES, sizeof(*window));
	CHECK(window);
	/* Memory is never clean at boot. */
	for (size_t off = 0; off < bi.regions[0].base + bi.regions[0].len;
	     off += UK_PAGE_SIZE)
		CHECK(pwrite(ram_fd, "dirt", 4, (off_t)off + 40) == 4);
	uk_mem_init(&bi);
}
