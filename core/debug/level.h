/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdbool.h>

/*
 * Read "info,ukalloc:debug": -EINVAL for a word that is no level or a library
 * name that is empty or longer than 23 bytes, -E2BIG for more than 8
 * libraries. Nothing changes unless `apply` and the whole text is good up to
 * there: callers check first. Before the image is sealed only.
 */
int uk_print_levels_parse(const char *spec, bool apply);
