/* SPDX-License-Identifier: BSD-3-Clause */
/* For the vectors' own file: what comes in is left as it is. */
#pragma once

#include <uk/config.h>

#undef CONFIG_HARDEN_ENTRY_STATE
