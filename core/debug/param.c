/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/param.h>
#include <uk/print.h>
#include "level.h"

UK_PARAM_PARSER(debug, level, uk_print_levels_parse, "LEVEL[,LIBRARY:LEVEL...]",
		"print messages up to none, crit, error, warn, info, debug");
