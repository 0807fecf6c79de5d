/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Assertions that say what the values were. UK_ASSERT(x) alone when there is
 * nothing to show; UK_ASSERT_CMP(a, <=, b) prints both sides. They vanish with
 * CONFIG_LIBUKDEBUG_ASSERTIONS=n, and a side is evaluated again to be shown, so
 * never put an effect in one. What must hold against an attacker is an `if` and
 * uk_crash(), not an assertion.
 */
#pragma once

#include <uk/config.h>
#include <uk/crash.h>

/* What failed; core/debug tells the values as a message may (uk_value_str). */
struct uk_assertion {
	const char *a, *op, *b, *file;
	int line;
};
UK_NORETURN void uk_assert_failed(const struct uk_assertion *what, uint64_t a,
				  uint64_t b);

#ifdef CONFIG_LIBUKDEBUG_ASSERTIONS
#define UK_ASSERT(cond)							\
	do {								\
		if (unlikely(!(cond)))					\
			uk_crash(UK_DEATH_ASSERT, "%s (%s:%d)", #cond,	\
				 __BASENAME__, __LINE__);		\
	} while (0)
#define UK_ASSERT_CMP(a, op, b)						\
	do {								\
		if (unlikely(!((a) op (b))))				\
			uk_assert_failed(&(const struct uk_assertion){	\
				#a, #op, #b, __BASENAME__, __LINE__,	\
			}, (uint64_t)(a), (uint64_t)(b));		\
	} while (0)
#else
#define UK_ASSERT(cond) ((void)sizeof(!(cond)))
#define UK_ASSERT_CMP(a, op, b) ((void)sizeof((a) op (b)))
#endif

#define UK_CRASH(...) uk_crash(UK_DEATH_OTHER, __VA_ARGS__)
