/* SPDX-License-Identifier: BSD-3-Clause */
/* What nolibc stands on, for a fuzzer that needs none of it but the heap. */
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#define NEVER(name) void name(void); void name(void) { abort(); }

NEVER(ukplat_console_write)
NEVER(ukplat_console_read)
NEVER(ukplat_clock_monotonic)
NEVER(ukplat_clock_wall)
NEVER(ukplat_idle)
NEVER(ukplat_irq_save)
NEVER(ukplat_irq_restore)
NEVER(ukplat_exit)
NEVER(uk_boot_exit)
NEVER(uk_crash)
NEVER(uk_memalign)
NEVER(uk_calloc)
NEVER(uk_realloc)
NEVER(uk_malloc_usable_size)

void *uk_malloc(void *a, size_t size);
void uk_free(void *a, void *p);

void *uk_malloc(void *a, size_t size)
{
	(void)a;
	return malloc(size);
}

void uk_free(void *a, void *p)
{
	(void)a;
	free(p);
}
