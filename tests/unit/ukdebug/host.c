/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>
#include <uk/plat.h>
#include "host.h"

char console[8192];
static size_t console_len;
uint64_t host_clock;
bool host_entropy = true;
bool host_irq = true;
jmp_buf host_exit;

/* Two pages of text, two of data. */
__asm__(".data\n.balign 4096\n"
	".globl uk_image_start, uk_image_text_start, uk_image_text_end\n"
	".globl uk_image_end\n"
	"uk_image_start: uk_image_text_start: .skip 8192\n"
	"uk_image_text_end: .skip 8192\n"
	"uk_image_end: .skip 64\n"
	".text\n");

void console_clear(void)
{
	memset(console, 0, sizeof(console));
	console_len = 0;
}

void ukplat_console_write(const char *buf, size_t len)
{
	if (len > sizeof(console) - 1 - console_len)
		len = sizeof(console) - 1 - console_len;
	memcpy(console + console_len, buf, len);
	console_len += len;
}

uint64_t ukplat_clock_monotonic(void)
{
	return host_clock;
}

size_t ukplat_entropy(void *buf, size_t len)
{
	if (!host_entropy)
		return 0;
	memset(buf, 0x5a, len);
	return len;
}

void ukplat_irq_disable(void)
{
}

/* On or off: uk_catch leaves them as they were, however it ends. */
unsigned long ukplat_irq_save(void)
{
	bool was = host_irq;

	host_irq = false;
	return was;
}

void ukplat_irq_restore(unsigned long flags)
{
	host_irq = flags != 0;
}

void ukplat_exit(int status)
{
	longjmp(host_exit, status + 1);
}
