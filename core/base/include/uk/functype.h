/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For assembly of any library: UKARCH_TYPE(name), in front of a function that
 * C code may call through a pointer, says its type where calls look at it.
 */
#pragma once

#include <uk/arch/type.h>
