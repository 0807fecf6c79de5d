/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>
#include <uk/alloc.h>
#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/list.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/vm.h>

#include "host.h"

uint64_t host_clock = 1000;
unsigned int host_idles, host_stacks, host_blocks, host_fail_at;
bool host_irq_on = true, host_has_irqs, host_watch;
uintptr_t host_tlsp;
jmp_buf host_death;
char host_epitaph[256], host_output[4096];

/* Thread-local data: two words that are set, 24 bytes of zeroes. */
__asm__(".pushsection .rodata\n"
	".globl uk_tls_start, uk_tls_data_end, uk_tls_end\n"
	".balign 16\n"
	"uk_tls_start: .quad 0x1111, 0x2222\n"
	"uk_tls_data_end: .skip 24\n"
	"uk_tls_end:\n"
	".popsection");

static uintptr_t tlsp_get(void)
{
	return host_tlsp;
}

static void tlsp_set(uintptr_t tlsp)
{
	host_tlsp = tlsp;
}

void host_start(void)
{
	static _Alignas(64) char area[256];
	const struct uk_init_entry *e;

	ukarch_fpu_init();
	ukarch_tls_set_fallback(tlsp_get, tlsp_set);
	host_tlsp = ukarch_tls_area_init(area, NULL, 0, 0, 16, 0xca7a17);
	for (e = uk_inittab_start; e < uk_inittab_end; e++)
		assert_int_equal(e->fn(), 0);
}

/* ---- platform --------------------------------------------------------- */

static uint64_t irq_when;
static void (*irq_fn)(void);

void host_interrupt_at(uint64_t when, void (*fn)(void))
{
	assert_null(irq_fn);
	irq_when = when;
	irq_fn = fn;
}

uint64_t ukplat_clock_monotonic(void)
{
	return host_clock;
}

void ukplat_idle(uint64_t until)
{
	void (*fn)(void) = irq_fn;

	assert_false(host_irq_on);
	host_idles++;
	if (fn && irq_when <= until) {
		if (host_clock < irq_when)
			host_clock = irq_when;
		irq_fn = NULL;
		fn();
		return;
	}
	assert_true(until != UKPLAT_FOREVER); /* would hang */
	if (host_clock < until)
		host_clock = until;
}

bool ukplat_irq_registered(void)
{
	return host_has_irqs;
}

unsigned long ukplat_irq_save(void)
{
	unsigned long flags = host_irq_on;

	host_irq_on = false;
	return flags;
}

void ukplat_irq_restore(unsigned long flags)
{
	host_irq_on = flags;
}

void ukplat_irq_enable(void)
{
	host_irq_on = true;
}

void ukplat_irq_disable(void)
{
	host_irq_on = false;
}

/* ---- memory ------------------------------------------------------------ */

static bool fails(void)
{
	return host_fail_at && !--host_fail_at;
}

void *uk_memalign(struct uk_alloc *a, size_t align, size_t size)
{
	void *p;

	assert_null(a);
	p = fails() ? NULL : aligned_alloc(align, UK_ALIGN_UP(size, align));
	if (p) {
		memset(p, 0xee, size);
		host_blocks++;
	}
	return p;
}

void uk_free(struct uk_alloc *a, void *p)
{
	assert_null(a);
	host_blocks--;
	free(p);
}

void *uk_stack_alloc(const char *name, size_t len, void **top)
{
	char *p;

	assert_non_null(name);
	assert_true(len && len % UK_PAGE_SIZE == 0);
	if (fails())
		return NULL;
	p = mmap(NULL, len + 2 * UK_PAGE_SIZE, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(p, MAP_FAILED);
	p += UK_PAGE_SIZE;
	assert_int_equal(mprotect(p, len, PROT_READ | PROT_WRITE), 0);
	*top = p + len;
	host_stacks++;
	/* Where the test can find the length again: below the guard. */
	mprotect(p - UK_PAGE_SIZE, UK_PAGE_SIZE, PROT_READ | PROT_WRITE);
	*(size_t *)(p - UK_PAGE_SIZE) = len;
	mprotect(p - UK_PAGE_SIZE, UK_PAGE_SIZE, PROT_READ);
	return p;
}

void uk_stack_free(void *stack)
{
	char *p = stack, *here = __builtin_frame_address(0);
	size_t len = *(size_t *)(p - UK_PAGE_SIZE);

	if (here >= p && here < p + len)
		fail_msg("a thread frees the stack that it runs on");
	host_stacks--;
	munmap(p - UK_PAGE_SIZE, len + 2 * UK_PAGE_SIZE);
}

/* ---- the end ------------------------------------------------------------ */

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(host_epitaph, sizeof(host_epitaph), fmt, ap);
	va_end(ap);
	if (host_watch)
		longjmp(host_death, 1);
	fprintf(stderr, "Crash: %d %s\n", what, host_epitaph);
	abort();
}

void uk_list_corrupt(const struct uk_link *at)
{
	(void)at;
	uk_crash(UK_DEATH_OTHER, "list corrupt");
}

void uk_print_raw(const char *fmt, ...)
{
	size_t n = strlen(host_output);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(host_output + n, sizeof(host_output) - n, fmt, ap);
	va_end(ap);
}

void uk_boot_exit(int status)
{
	_exit(200 + status);
}
