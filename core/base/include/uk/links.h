/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whether what links objects is checked before it is followed (mitigation
 * links): <uk/list.h> and <uk/refcount.h> ask here.
 */
#pragma once

#include <stdbool.h>
#include <uk/config.h>
#include <uk/essentials.h>

#ifndef UK_LINKS_CHECKED
#ifdef CONFIG_HARDEN_LINKS
#define UK_LINKS_CHECKED true
#else
#define UK_LINKS_CHECKED false
#endif
#endif

struct uk_link;

/* Stops the image: the links round `at` do not agree. Any context. The
 * mitigation implements it; without it nobody calls it. */
UK_NORETURN void uk_list_corrupt(const struct uk_link *at);

/* Stops the image: why says what became of a count. Any context. */
UK_NORETURN void uk_refcount_corrupt(const char *why);
