/* SPDX-License-Identifier: BSD-3-Clause */
/* uk.help: what can be set on the boot command line of this image. */
#include <uk/argparse.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "boot.h"

static bool help;
UK_PARAM(uk, help, bool, &help, "print this list and exit");

void boot_help(void)
{
	const struct uk_param *p;
	char form[80];

	if (!help)
		return;
	uk_print_raw("Boot command line: [LIBRARY.PARAMETER=VALUE... --] "
		     "[ARGUMENT...]\n");
	for (p = uk_paramtab_start; p < uk_paramtab_end; p++)
		uk_print_raw("  %s.%s: %s (%s)\n", p->lib, p->name, p->help,
			     uk_param_form(p, form, sizeof(form)));
	ukplat_exit(UK_EXIT_OK);
}
