/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * musl's file declares what its CPU_ macros call once more. Clang takes no
 * second declaration of what mitigation fortify has wrapped: they come from
 * where they belong, and its own say another name.
 */
#ifndef MUSL_WRAP_SCHED_H
#define MUSL_WRAP_SCHED_H

#ifdef _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#pragma push_macro("memcpy")
#pragma push_macro("memcmp")
#pragma push_macro("memset")
#pragma push_macro("calloc")
#pragma push_macro("free")
#undef memcpy
#undef memcmp
#undef memset
#undef calloc
#undef free
#define memcpy musl_sched_memcpy
#define memcmp musl_sched_memcmp
#define memset musl_sched_memset
#define calloc musl_sched_calloc
#define free musl_sched_free
#endif

#include_next <sched.h>

#ifdef _GNU_SOURCE
#pragma pop_macro("memcpy")
#pragma pop_macro("memcmp")
#pragma pop_macro("memset")
#pragma pop_macro("calloc")
#pragma pop_macro("free")
#endif

#endif
