/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory functions, as core has them and any C library. Macros: the compiler
 * shall still expand small ones in place. */
#pragma once

#include_next <uk/str.h>
#include "fortify-memory.h"
