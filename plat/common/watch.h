/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * watch.c of the machine, mitigation cpu: remember the CPU's protection bits as
 * they are now; end the image if one of them has changed since. Any context.
 */
#pragma once

#include <uk/config.h>

#ifdef CONFIG_HARDEN_CPU
void plat_watch_start(void);
void plat_watch(void);
#else
static inline void plat_watch_start(void)
{
}

static inline void plat_watch(void)
{
}
#endif
