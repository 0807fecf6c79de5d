/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/list.h>
#include <uk/print.h>
#include <uk/vm.h>

#include "machine.h"

size_t machine_free;
unsigned int machine_ranges, machine_fail_at;
jmp_buf machine_death;
bool machine_watch;
char machine_epitaph[256];

void machine_start(size_t bytes)
{
	const struct uk_init_entry *e;

	machine_free = bytes;
	for (e = uk_inittab_start; e < uk_inittab_end; e++)
		assert_int_equal(e->fn(), 0);
}

uint64_t machine_random(void)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static struct range {
	struct range *next;
	char *at;
	size_t len, held;	/* held: bytes with memory */
} *ranges;

static struct range *range_new(size_t len, size_t held)
{
	char *p = mmap(NULL, len + 2 * UK_PAGE_SIZE, PROT_NONE, MAP_PRIVATE |
		       MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct range *r = malloc(sizeof(*r));

	assert_ptr_not_equal(p, MAP_FAILED);
	*r = (struct range){ ranges, p + UK_PAGE_SIZE, len, held };
	ranges = r;
	machine_free -= held;
	machine_ranges++;
	return r;
}

static bool refuses(size_t len)
{
	return len > machine_free || (machine_fail_at && !--machine_fail_at);
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	struct range *r;

	assert_non_null(name);
	assert_true(len && len % UK_PAGE_SIZE == 0);
	assert_int_equal(rights, UK_MEM_R | UK_MEM_W);
	assert_int_equal(flags, UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	if (refuses(len))
		return NULL;
	r = range_new(len, len);
	assert_int_equal(mprotect(r->at, len, PROT_READ | PROT_WRITE), 0);
	return r->at;
}

void *uk_vm_reserve(const char *name, size_t len)
{
	assert_non_null(name);
	assert_true(len && len % UK_PAGE_SIZE == 0);
	return refuses(0) ? NULL : range_new(len, 0)->at;
}

static struct range *holding(char *at, size_t len)
{
	struct range *r = ranges;

	assert_true(len && ((uintptr_t)at | len) % UK_PAGE_SIZE == 0);
	while (r && !(at >= r->at && at + len <= r->at + r->len))
		r = r->next;
	assert_non_null(r);
	return r;
}

int uk_vm_commit(void *va, size_t len)
{
	struct range *r = holding(va, len);

	if (refuses(len))
		return -12; /* ENOMEM */
	assert_int_equal(mprotect(va, len, PROT_READ | PROT_WRITE), 0);
	r->held += len;
	machine_free -= len;
	return 0;
}

int uk_vm_decommit(void *va, size_t len)
{
	struct range *r = holding(va, len);

	assert_ptr_equal(mmap(va, len, PROT_NONE, MAP_PRIVATE | MAP_FIXED |
			      MAP_ANONYMOUS | MAP_NORESERVE, -1, 0), va);
	assert_true(r->held >= len);
	r->held -= len;
	machine_free += len;
	return 0;
}

int uk_vm_free(void *va)
{
	struct range **link, *r;

	for (link = &ranges; (r = *link); link = &r->next)
		if (r->at == va) {
			*link = r->next;
			machine_free += r->held;
			machine_ranges--;
			munmap(r->at - UK_PAGE_SIZE, r->len + 2 * UK_PAGE_SIZE);
			free(r);
			return 0;
		}
	return -2; /* ENOENT */
}

size_t uk_vm_available(void)
{
	return machine_free;
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	static const char *const kind[] = {
		[UK_DEATH_ASSERT] = "assertion", [UK_DEATH_HEAP] = "heap",
		[UK_DEATH_OTHER] = "fatal",
	};
	int n = snprintf(machine_epitaph, sizeof(machine_epitaph),
			 "%s: ", kind[what]);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(machine_epitaph + n, sizeof(machine_epitaph) - (size_t)n,
		  fmt, ap);
	va_end(ap);
	if (machine_watch)
		longjmp(machine_death, 1);
	fprintf(stderr, "Crash: %s\n", machine_epitaph);
	abort();
}

void uk_list_corrupt(const struct uk_link *at)
{
	(void)at;
	uk_crash(UK_DEATH_OTHER, "list corrupt");
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}
