/* SPDX-License-Identifier: BSD-3-Clause */
/* For the page tables: text is not guarded. */
#pragma once

#include <uk/config.h>

#undef CONFIG_HARDEN_BTI
