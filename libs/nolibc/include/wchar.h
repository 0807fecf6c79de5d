/* SPDX-License-Identifier: BSD-3-Clause */
/* Only the types: wide characters are no more than printf's lc and ls here. */
#pragma once

#include <stddef.h>

#ifndef __WINT_TYPE__
#define __WINT_TYPE__ unsigned int
#endif
typedef __WINT_TYPE__ wint_t;
#define WEOF ((wint_t)-1)
