/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the toolstack asks of the domain (docs/misc/xenstore-paths of Xen):
 * to stop, or to stop and be started again. It is answered by an empty value,
 * and obeyed at once, wherever the image is: destructors run.
 */
#include <uk/init.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/xenbus.h>
#include "store.h"

#define PATH "control/shutdown"

static void changed(void)
{
	char word[16];
	bool restart;

	if (uk_xenstore_read(PATH, word, sizeof(word)) <= 0)
		return;
	restart = !strcmp(word, "reboot");
	if (!restart && strcmp(word, "poweroff") && strcmp(word, "halt"))
		return;
	uk_xenstore_write(PATH, "");
	uk_pr_info("the toolstack asks for %s\n",
		   restart ? "a new start" : "the end");
	if (restart)
		ukplat_xen_restart();
	uk_boot_exit(UK_EXIT_OK);
}

static int init(void)
{
	/* Where nobody answers, nobody asks. */
	if (xenstore_watch(PATH, changed))
		return 0;
	uk_xenstore_write("control/feature-poweroff", "1");
	uk_xenstore_write("control/feature-reboot", "1");
	return 0;
}
uk_late_initcall(init);
