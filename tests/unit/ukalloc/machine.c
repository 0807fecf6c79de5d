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
	size_t len;
} *ranges;

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	struct range *r;
	char *p;

	assert_non_null(name);
	assert_true(len && len % UK_PAGE_SIZE == 0);
	assert_int_equal(rights, UK_MEM_R | UK_MEM_W);
	assert_int_equal(flags, UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	if (len > machine_free || (machine_fail_at && !--machine_fail_at))
		return NULL;
	p = mmap(NULL, len + 2 * UK_PAGE_SIZE, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(p, MAP_FAILED);
	assert_int_equal(mprotect(p + UK_PAGE_SIZE, len,
				  PROT_READ | PROT_WRITE), 0);
	r = malloc(sizeof(*r));
	*r = (struct range){ ranges, p + UK_PAGE_SIZE, len };
	ranges = r;
	machine_free -= len;
	machine_ranges++;
	return r->at;
}

int uk_vm_free(void *va)
{
	struct range **link, *r;

	for (link = &ranges; (r = *link); link = &r->next)
		if (r->at == va) {
			*link = r->next;
			machine_free += r->len;
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
