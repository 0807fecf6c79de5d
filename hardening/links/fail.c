/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/links.h>

void uk_list_corrupt(const struct uk_link *at)
{
	uk_crash(UK_DEATH_HEAP, "list: the neighbours of %p do not point to it",
		 (const void *)at);
}

void uk_refcount_corrupt(const char *why)
{
	uk_crash(UK_DEATH_HEAP, "references: %s", why);
}
