/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host.h"

char host_console[4096];
size_t host_console_len;
static const char *input = "";

void ukplat_console_write(const char *buf, size_t len);
size_t ukplat_console_read(char *buf, size_t len);
void ukplat_exit(int status);
void uk_boot_exit(int status);
void uk_crash(int what, const char *fmt, ...);
void *uk_malloc(void *a, size_t size);
void *uk_calloc(void *a, size_t n, size_t size);
void *uk_memalign(void *a, size_t align, size_t size);
void *uk_realloc(void *a, void *p, size_t size);
void uk_free(void *a, void *p);
size_t uk_malloc_usable_size(void *a, const void *p);
uint64_t ukplat_clock_monotonic(void);
uint64_t ukplat_clock_wall(void);

void ukplat_console_write(const char *buf, size_t len)
{
	for (; len && host_console_len < sizeof(host_console) - 1; len--)
		host_console[host_console_len++] = *buf++;
	host_console[host_console_len] = 0;
}

void host_console_clear(void)
{
	host_console_len = 0;
	host_console[0] = 0;
}

void host_console_type(const char *text)
{
	input = text;
}

size_t ukplat_console_read(char *buf, size_t len)
{
	size_t n = strnlen(input, len);

	memcpy(buf, input, n);
	input += n;
	return n;
}

jmp_buf host_gone;
int host_status;
const char *host_crash;

void ukplat_exit(int status)
{
	host_status = status;
	longjmp(host_gone, 1);
}

void uk_boot_exit(int status)
{
	host_status = status;
	longjmp(host_gone, 2);
}

void uk_crash(int what, const char *fmt, ...)
{
	static char text[256];
	va_list ap;

	(void)what;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	host_crash = text;
	longjmp(host_gone, 3);
}

int host_alloc_fail;

static int fails(void)
{
	return host_alloc_fail && host_alloc_fail--;
}

void *uk_malloc(void *a, size_t size)
{
	(void)a;
	return fails() ? NULL : malloc(size);
}

void *uk_calloc(void *a, size_t n, size_t size)
{
	(void)a;
	return fails() ? NULL : calloc(n, size);
}

void *uk_memalign(void *a, size_t align, size_t size)
{
	void *p;

	(void)a;
	if (fails() || posix_memalign(&p, align < 8 ? 8 : align, size))
		return NULL;
	return p;
}

void *uk_realloc(void *a, void *p, size_t size)
{
	(void)a;
	return fails() ? NULL : realloc(p, size);
}

void uk_free(void *a, void *p)
{
	(void)a;
	free(p);
}

size_t uk_malloc_usable_size(void *a, const void *p)
{
	(void)a;
	return p ? 1 : 0;
}

uint64_t host_time_ns, host_time_wall;

uint64_t ukplat_clock_monotonic(void)
{
	return host_time_ns;
}

uint64_t ukplat_clock_wall(void)
{
	return host_time_wall;
}

uint64_t host_random(void)
{
	static uint64_t s = 0x1234567;
	uint64_t z = (s += 0x9e3779b97f4a7c15ull);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

unsigned int host_below(unsigned int n)
{
	return (unsigned int)(host_random() >> 32) % n;
}

void ukplat_idle(uint64_t until);
unsigned long ukplat_irq_save(void);
void ukplat_irq_restore(unsigned long flags);

static unsigned long irq_off;

unsigned long ukplat_irq_save(void)
{
	unsigned long old = irq_off;

	irq_off = 1;
	return old;
}

void ukplat_irq_restore(unsigned long flags)
{
	irq_off = flags;
}

/* Returns before its time, as an interrupt makes it do. */
void ukplat_idle(uint64_t until)
{
	assert_int_equal(irq_off, 1);
	host_time_ns += until - host_time_ns > 7 ? (until - host_time_ns) / 2 :
						   until - host_time_ns;
}
