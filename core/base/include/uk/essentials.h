/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Compiler words and small arithmetic that every library may use.
 * Everything here is a macro: nothing to link, any context.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define UK_PACKED __attribute__((packed))
#define UK_ALIGNED(n) __attribute__((aligned(n)))
#define UK_SECTION(name) __attribute__((section(name)))
#define UK_USED __attribute__((used))
#define UK_UNUSED __attribute__((unused))
#define UK_WEAK __attribute__((weak))
#define UK_NOINLINE __attribute__((noinline))
#define UK_NORETURN __attribute__((noreturn))
#define UK_CHECK_RESULT __attribute__((warn_unused_result))
#define UK_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

#define UK_NO_STACK_PROTECTOR __attribute__((no_stack_protector))
#define UK_NO_SANITIZE(what) __attribute__((no_sanitize(what)))

/* Calls through pointers of this function are not checked for the type of
 * what they call: for what calls places that are no function (kcfi). */
#ifdef __clang__
#define UK_NO_KCFI UK_NO_SANITIZE("kcfi")
#else
#define UK_NO_KCFI
#endif

/*
 * Data that is written while the image boots and never again: the linker
 * script gathers it in pages of its own, and core/mem takes the write right
 * away before main. Use it for tables of function pointers above all.
 * _ZERO is the same for what starts as zero: it takes no room in the file.
 */
#define UK_RO_AFTER_INIT UK_SECTION(".roinit")
#define UK_RO_AFTER_INIT_ZERO UK_SECTION(".bss.roinit")

#ifndef likely
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif

#define UK_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define UK_MIN(a, b) \
	({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a < _b ? _a : _b; })
#define UK_MAX(a, b) \
	({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })

/* n must be a power of two; the result of ALIGN_UP wraps like any sum. */
#define UK_ALIGN_UP(v, n) \
	(((v) + ((__typeof__(v))(n) - 1)) & ~((__typeof__(v))(n) - 1))
#define UK_ALIGN_DOWN(v, n) ((v) & ~((__typeof__(v))(n) - 1))
#define UK_IS_ALIGNED(v, n) (((v) & ((__typeof__(v))(n) - 1)) == 0)
#define UK_IS_POWER_OF_2(v) ((v) != 0 && (((v) & ((v) - 1)) == 0))

#define uk_container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

#define UK_CTASSERT(cond) _Static_assert(cond, #cond)
#define UK_READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define UK_WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define UK_STRINGIFY_(x) #x
#define UK_STRINGIFY(x) UK_STRINGIFY_(x)
#define UK_CONCAT_(a, b) a##b
#define UK_CONCAT(a, b) UK_CONCAT_(a, b)
