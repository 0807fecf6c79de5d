/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls of Linux as plain functions: how a library provides one, and
 * how a C library built for Linux calls it: long uk_syscall_r_write(long, long,
 * long), declared by the generated <uk/syscall_call.h>, with a `switch` for
 * numbers that the compiler knows. There is no trap. A call that nobody
 * provides is there as well, and returns -ENOSYS.
 *
 * A library that provides a call defines it and says so in its Makefile.uk:
 *
 *	UK_PROVIDED_SYSCALLS-$(CONFIG_LIBX) += write-3
 *
 *	UK_SYSCALL_R_DEFINE(ssize_t, write, int, fd, const void *, buf,
 *			    size_t, len)
 *	{
 *		...
 *	}
 *
 * Results are the kernel's: 0 or more, or a negative errno; layouts behind
 * pointers are the kernel's as well (64-bit ABI of the image's CPU). Pointers
 * are not checked: caller and provider are one program. Thread context; a
 * call may sleep where Linux's does.
 *
 * With CONFIG_LIBSYSCALL_TRACE each call is written to the console when it
 * returns: "write(1, ptr, 6) = 6". Pointers are ptr or NULL, never a value.
 */
#pragma once

#include <stddef.h>
#include <uk/config.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/syscall_number.h>

/*
 * One line of the trace. kind: a letter for the result and one for each
 * argument: d int, l long, p pointer, s text. ret is NULL for a call that does
 * not return. Both are there with CONFIG_LIBSYSCALL_TRACE only.
 */
void uk_syscall_trace(const char *name, const char *kind, const long *args,
		      const long *ret);
void uk_syscall_trace_missing(long n);

#ifdef CONFIG_LIBSYSCALL_TRACE
#define UK_SC_TRACE(name, kinds, args, ret)				\
	do {								\
		static const char _kind[] = { kinds '\0' };		\
		const long _args[] = { args 0 };			\
		uk_syscall_trace(name, _kind, _args, ret);		\
	} while (0)
#else
#define UK_SC_TRACE(name, kinds, args, ret) ((void)0)
#endif
#define UK_SC_KIND(t)							\
	(__builtin_types_compatible_p(t, const char *) ? 's' :		\
	 __builtin_classify_type((t)0) == 5 ? 'p' :			\
	 sizeof(t) > sizeof(int) ? 'l' : 'd'),

/* For a call with one int that does not return: its line of the trace. */
#define UK_SYSCALL_LEAVES(name, value)					\
	UK_SC_TRACE(name, UK_SC_KIND(long) UK_SC_KIND(int),		\
		    value UK_SC_COMMA_1, NULL)

/* Lists of arguments by their number; m is applied to each pair. */
#define UK_SC_0(m) m##_NONE
#define UK_SC_2(m, t, a) m(t, a, 0)
#define UK_SC_4(m, t, a, ...) m(t, a, 0) UK_SC_MORE_2(m, __VA_ARGS__)
#define UK_SC_6(m, t, a, ...) m(t, a, 0) UK_SC_MORE_4(m, __VA_ARGS__)
#define UK_SC_8(m, t, a, ...) m(t, a, 0) UK_SC_MORE_6(m, __VA_ARGS__)
#define UK_SC_10(m, t, a, ...) m(t, a, 0) UK_SC_MORE_8(m, __VA_ARGS__)
#define UK_SC_12(m, t, a, ...) m(t, a, 0) UK_SC_MORE_10(m, __VA_ARGS__)
#define UK_SC_MORE_2(m, t, a) m(t, a, 1)
#define UK_SC_MORE_4(m, t, a, ...) m(t, a, 1) UK_SC_MORE_2(m, __VA_ARGS__)
#define UK_SC_MORE_6(m, t, a, ...) m(t, a, 1) UK_SC_MORE_4(m, __VA_ARGS__)
#define UK_SC_MORE_8(m, t, a, ...) m(t, a, 1) UK_SC_MORE_6(m, __VA_ARGS__)
#define UK_SC_MORE_10(m, t, a, ...) m(t, a, 1) UK_SC_MORE_8(m, __VA_ARGS__)
#define UK_SC_COUNT_(z, a, b, c, d, e, f, g, h, i, j, k, l, n, ...) n
#define UK_SC_COUNT(...)						\
	UK_SC_COUNT_(0, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, \
		     1, 0, 0)
#define UK_SC_EACH(m, ...) \
	UK_CONCAT(UK_SC_, UK_SC_COUNT(__VA_ARGS__))(m, ##__VA_ARGS__)
#define UK_SC_COMMA_0
#define UK_SC_COMMA_1 ,
#define UK_SC_TYPED(t, a, more) UK_SC_COMMA_##more t a
#define UK_SC_LONG(t, a, more) UK_SC_COMMA_##more long a
#define UK_SC_CAST(t, a, more) UK_SC_COMMA_##more (t)a
#define UK_SC_KINDS(t, a, more) UK_SC_KIND(t)
#define UK_SC_VALUES(t, a, more) a,
#define UK_SC_TYPED_NONE void
#define UK_SC_LONG_NONE void
#define UK_SC_CAST_NONE
#define UK_SC_KINDS_NONE
#define UK_SC_VALUES_NONE

/* type name(type argument, ...), its body behind it; types and names of the
 * arguments in turn, as above. */
#define UK_SYSCALL_R_DEFINE(rtype, name, ...)				\
	static inline rtype						\
	uk_sc_##name(UK_SC_EACH(UK_SC_TYPED, ##__VA_ARGS__));		\
	long uk_syscall_r_##name(UK_SC_EACH(UK_SC_LONG, ##__VA_ARGS__));\
	long uk_syscall_r_##name(UK_SC_EACH(UK_SC_LONG, ##__VA_ARGS__))	\
	{								\
		long _ret = (long)uk_sc_##name(				\
			UK_SC_EACH(UK_SC_CAST, ##__VA_ARGS__));		\
									\
		UK_SC_TRACE(#name,					\
			    UK_SC_KIND(rtype)				\
			    UK_SC_EACH(UK_SC_KINDS, ##__VA_ARGS__),	\
			    UK_SC_EACH(UK_SC_VALUES, ##__VA_ARGS__),	\
			    &_ret);					\
		return _ret;						\
	}								\
	static inline rtype						\
	uk_sc_##name(UK_SC_EACH(UK_SC_TYPED, ##__VA_ARGS__))
