/* SPDX-License-Identifier: BSD-3-Clause */
/* What every header here needs so that C++ can include it too. */
#pragma once

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
