/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/essentials.h>
#include <uk/plat.h>
#include <uk/print.h>

int main(int argc, char **argv);

/* An image without an application still says so. */
UK_WEAK int main(int argc UK_UNUSED, char **argv UK_UNUSED)
{
	uk_print_raw("This image has no application: no library in it defines "
		     "main().\n");
	return UK_EXIT_USAGE;
}
