/* SPDX-License-Identifier: BSD-3-Clause */
/* Prints where everything lies: an image that no one may ever ship. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/image.h>
#include <uk/vm.h>

extern uintptr_t plat_window UK_WEAK;	/* a Linux process has none */

static int show(const struct uk_vm_range *r, void *unused)
{
	static const char *const image[] = {
		"rodata", "data", "roinit", "bss", "image",
	};

	for (size_t i = 0; i < sizeof(image) / sizeof(image[0]); i++)
		if (!strcmp(r->name, image[i]))
			return 0;
	printf("area %s %#lx\n", r->name, (unsigned long)r->va);
	return 0;
}

int main(void)
{
	void *top;

	if (!malloc(100) || !uk_stack_alloc("stack:thread", 16384, &top))
		return 1;
	if (&plat_window)
		printf("area window %#lx\n", (unsigned long)plat_window);
	return uk_vm_foreach(show, NULL);
}
