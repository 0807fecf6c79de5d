/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the wrappers of this folder are made of. A library with fortify finds
 * them before the headers that they wrap, those of core and of whatever C
 * library the image has. A wrapper asks the compiler how large the object
 * behind a pointer is; unknown is SIZE_MAX, and the check folds away.
 *
 * Both compilers count at run time as well (level 3): what malloc(n) returned
 * is n bytes. GCC looks after it has inlined the wrapper; for Clang the size
 * is an argument that the caller does not see, and the wrapper an overload.
 *
 * UK_NO_FORTIFY, defined before the first header, leaves a source without.
 */
#pragma once

#include <stddef.h>

/* The image ends: "Crash: buffer overflow: <fn>". */
__attribute__((noreturn, cold)) void uk_fortify_fail(const char *fn);
/* Never linked: an overflow that is there for every input stops the build. */
__attribute__((error("this overflows a buffer whose size is known")))
void uk_fortify_proved(void);

#ifdef __clang__
#define UK_FORTIFY_INLINE static inline					\
	__attribute__((always_inline, unused, artificial))
#define UK_FORTIFY_FN static inline					\
	__attribute__((always_inline, unused, artificial, overloadable))
/* Arguments of variable number cannot be handed on: not inlined. */
#define UK_FORTIFY_VARIADIC static inline				\
	__attribute__((unused, overloadable))
#define UK_SIZED(mode) const __attribute__((pass_dynamic_object_size(mode)))
#else
#define UK_FORTIFY_INLINE extern inline					\
	__attribute__((always_inline, gnu_inline, artificial))
#define UK_FORTIFY_FN UK_FORTIFY_INLINE
#define UK_FORTIFY_VARIADIC UK_FORTIFY_FN
#define UK_SIZED(mode)
#endif

/* The function itself, under a name that is wrapped by nobody. */
#define UK_FORTIFY_REAL(name)						\
	extern __typeof__(name) uk_fortify_real_##name __asm__(#name)

/* Bytes from p to the end of its object (of the member, for texts). */
#if __has_builtin(__builtin_dynamic_object_size)
#define UK_FORTIFY_SIZE(p, mode) __builtin_dynamic_object_size(p, mode)
#else
#define UK_FORTIFY_SIZE(p, mode) __builtin_object_size(p, mode)
#endif
#define UK_OBJECT(p) UK_FORTIFY_SIZE(p, 0)
#define UK_MEMBER(p) UK_FORTIFY_SIZE(p, 1)

/* n bytes of an object that has size; fn names the culprit. */
UK_FORTIFY_INLINE void uk_fortify(size_t n, size_t size, const char *fn)
{
	if (__builtin_constant_p(n) && __builtin_constant_p(size) && n > size)
		uk_fortify_proved();
	if (__builtin_expect(n > size, 0))
		uk_fortify_fail(fn);
}

/* n elements of len bytes each. */
UK_FORTIFY_INLINE void uk_fortify_product(size_t n, size_t len, size_t size,
					  const char *fn)
{
	size_t bytes;

	if (size == (size_t)-1)
		return;
	if (__builtin_mul_overflow(n, len, &bytes))
		uk_fortify_fail(fn);
	uk_fortify(bytes, size, fn);
}
