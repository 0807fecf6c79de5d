/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/fmt.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "linuxu.h"
#include "syscall.h"

#define STATUS_MAX 255

static void complain(const char *fmt, ...) UK_PRINTF(1, 2);
static void complain(const char *fmt, ...)
{
	char line[256];
	va_list ap;

	va_start(ap, fmt);
	uk_vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	linuxu_complain(line, strlen(line));
}

void ukplat_exit(int status)
{
	if (status < 0 || status > STATUS_MAX) {
		complain("linuxu: exit status %d does not fit 8 bits: reported "
			 "as %d\n", status, STATUS_MAX);
		status = STATUS_MAX;
	}
	for (;;)
		sys1(SYS_EXIT_GROUP, status);
}

void ukplat_boot_refuse(const char *why, uint64_t value)
{
	complain("Boot refused: %s (%#llx)\n", why, (unsigned long long)value);
	ukplat_exit(UK_EXIT_BOOT);
}
