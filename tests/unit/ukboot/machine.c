/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include <uk/canary.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/image.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "machine.h"

struct outcome *out;
bool no_stack, no_tls, no_catch_page, bad_plat, bad_lock;

void note(const char *what)
{
	strcat(strcat(out->log, what), " ");
}

/* ---- console and end ---- */

static void put(void *arg, const char *s, size_t n)
{
	(void)arg;
	strncat(out->console, s, n);
}

void uk_print_raw(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	uk_vformat(put, NULL, fmt, ap);
	va_end(ap);
}

void ukplat_console_write(const char *buf, size_t len)
{
	put(NULL, buf, len);
}

void ukplat_exit(int status)
{
	out->status = status;
	_exit(0);
}

void ukplat_boot_refuse(const char *why, uint64_t value)
{
	uk_print_raw("refused: %s (%llu)", why, (unsigned long long)value);
	ukplat_exit(UK_EXIT_BOOT);
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	(void)what;
	uk_print_raw("crash: %s", fmt);
	ukplat_exit(UK_EXIT_CRASH);
}

/* ---- platform, memory, CPU ---- */

int ukplat_init(const struct uk_bootinfo *bi)
{
	(void)bi;
	note("plat");
	return bad_plat ? -EIO : 0;
}

void uk_mem_init(const struct uk_bootinfo *bi)
{
	(void)bi;
	note("mem");
}

void uk_mem_seal_image(void)
{
	note("seal");
}

void *uk_stack_alloc(const char *name, size_t len, void **top)
{
	note(name);
	*top = NULL;
	return no_stack || len != 65536 ? NULL : (void *)1;
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	(void)flags;
	note(name);
	if (rights != (UK_MEM_R | UK_MEM_W) ||
	    (no_tls && !strcmp(name, "tls:main")) ||
	    (no_catch_page && !strcmp(name, "catch")))
		return NULL;
	return calloc(1, len);
}

int uk_vm_protect(void *va, size_t len, unsigned int rights)
{
	(void)va;
	note(len == UK_PAGE_SIZE && rights == UK_MEM_R ? "read-only" : "?");
	return bad_lock ? -EPERM : 0;
}

int uk_vm_seal(void *va)
{
	(void)va;
	return 0;
}

int uk_vm_find(uintptr_t va, struct uk_vm_range *r)
{
	if (va != 0x5000 && va != 0x6000)
		return -ENOENT;
	*r = (struct uk_vm_range){
		.va = va, .len = 0x1000, .name = "some",
		.rights = va == 0x5000 ? UK_MEM_R : 0,
	};
	return 0;
}

void ukarch_stack_jump(void *stack_top, void (*fn)(void *arg), void *arg)
{
	(void)stack_top;
	note("jump");
	fn(arg);
	abort();
}

static char tls_template[8];
__asm__(".data\n.globl uk_tls_start, uk_tls_data_end, uk_tls_end\n"
	"uk_tls_start: .ascii \"tls!\"\nuk_tls_data_end: .skip 12\n"
	"uk_tls_end: .skip 16\n.text\n");

size_t ukarch_tls_area_size(size_t tls_len, size_t tls_align)
{
	(void)tls_align;
	return tls_len + UKARCH_TLS_TCB;
}

uintptr_t ukarch_tls_area_init(void *area, const void *tmpl, size_t data_len,
			       size_t tls_len, size_t tls_align,
			       uintptr_t canary)
{
	char text[80];

	memset(area, 0, tls_len + UKARCH_TLS_TCB);
	memcpy(tls_template, data_len ? tmpl : "none", data_len ? 4 : 5);
	snprintf(text, sizeof(text), "area(%s,%zu,%zu,%zu,%lx)", tls_template,
		 data_len, tls_len, tls_align, canary);
	note(text);
	return (uintptr_t)area;
}

void ukarch_tlsp_set(uintptr_t tlsp)
{
	(void)tlsp;
	note("tlsp");
}

/* A canary for each who asks. */
uintptr_t uk_canary_new(void)
{
	static uintptr_t n = 0xca00;

	return n++;
}

/* ---- crash screen ---- */

void uk_crash_set_place(uk_crash_place_fn fn)
{
	const char *name;
	uintptr_t start, end;

	note(fn(0x5000, &name, &start, &end) && start == 0x5000 &&
	     end == 0x6000 && !strcmp(name, "some") &&
	     !fn(0x6000, &name, &start, &end) &&
	     !fn(0x7000, &name, &start, &end) ? "place" : "?");
}

void uk_catch_arm(void *page, size_t len)
{
	note(page && len == UK_PAGE_SIZE ? "arm" : "?");
}

void uk_catch_disarm(void)
{
	note("disarm");
}

/* ---- a boot ---- */

void boot(const char *cmdline, size_t len)
{
	static struct uk_bootinfo bi;
	int ws;

	if (!out)
		out = mmap(NULL, sizeof(*out), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	memset(out, 0, sizeof(*out));
	out->status = -1;
	memset(bi.cmdline, 0, sizeof(bi.cmdline));
	memcpy(bi.cmdline, cmdline,
	       len < sizeof(bi.cmdline) ? len : sizeof(bi.cmdline));
	bi.cmdline_len = len;
	memset(bi.seed, 0x77, sizeof(bi.seed));
	bi.seed_len = sizeof(bi.seed);
	if (fork() == 0)
		uk_boot_entry(&bi);
	if (wait(&ws) < 0 || !WIFEXITED(ws) || WEXITSTATUS(ws))
		out->status = -2;
}
