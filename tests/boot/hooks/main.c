/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When main runs, what the boot has registered is sealed: nothing that can be
 * written in the image leads into its text. The heap and stacks are others'
 * business. `plant` puts such a pointer there, which has to be found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/image.h>
#include <uk/thread.h>

/* plat/kvm: the stack of the boot, on which nobody is any more. */
extern char pvh_boot_stack[] UK_WEAK, pvh_boot_stack_end[] UK_WEAK;
/* The same on arm64. */
extern char kvm_boot_stack[] UK_WEAK, kvm_boot_stack_end[] UK_WEAK;

static void *(*volatile planted)(void *arg);

static void *nothing(void *arg)
{
	return arg;
}

/* The start of text is known as a place, to core/mem. */
static unsigned int count(const char *start, const char *end)
{
	const uintptr_t *p = (const uintptr_t *)UK_ALIGN_UP((uintptr_t)start,
							   8ul);
	unsigned int n = 0;

	for (; (const char *)(p + 1) <= end; p++) {
		if ((const char *)p >= pvh_boot_stack &&
		    (const char *)p < pvh_boot_stack_end)
			continue;
		if ((const char *)p >= kvm_boot_stack &&
		    (const char *)p < kvm_boot_stack_end)
			continue;
		if (*p <= (uintptr_t)uk_image_text_start ||
		    *p >= (uintptr_t)uk_image_text_end)
			continue;
		printf("%s+0x%lx leads to text+0x%lx\n", uk_image_bss_start ==
		       start ? "bss" : "data", (unsigned long)
		       ((const char *)p - start), (unsigned long)
		       (*p - (uintptr_t)uk_image_text_start));
		n++;
	}
	return n;
}

int main(int argc, char **argv)
{
	struct uk_thread *t = uk_thread_create("nothing", nothing, NULL, NULL);
	unsigned int found;

	if (!t || uk_thread_join(t, NULL))
		return 2;
	free(malloc(100));
	if (argc > 1 && !strcmp(argv[1], "plant"))
		planted = nothing;
	found = count(uk_image_data_start, uk_image_data_end) +
		count(uk_image_bss_start, uk_image_bss_end);
	printf("hooks: %u can be written\n", found);
	return found != 0;
}
