/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a library declares what may be set on the boot command line:
 *
 *	static int mtu UK_RO_AFTER_INIT = 1500;
 *	UK_PARAM_RANGE(netdev, mtu, &mtu, 576, 9000, "bytes in a packet");
 *
 * makes netdev.mtu=1400 work. A variable has its default where it is defined
 * and is set once, before the first init function runs; put it into
 * UK_RO_AFTER_INIT. Every value is checked before any variable changes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

enum uk_param_type {
	UK_PARAM_BOOL,
	UK_PARAM_INT,
	UK_PARAM_UINT64,
	UK_PARAM_STRING,
	UK_PARAM_CUSTOM,
};

/*
 * A parser of the library's own. Called once for each time the parameter is
 * given with apply = false, where it must change nothing, and, if the whole
 * command line is good, again in the same order with apply = true. 0,
 * -EINVAL (not allowed) or -E2BIG (too long). value is gone afterwards.
 */
typedef int (*uk_param_fn)(const char *value, bool apply);

struct uk_param {
	const char *lib, *name, *help;
	const char *form;	/* CUSTOM: what it takes, "LEVEL[,LIB:LEVEL]" */
	union {
		void *var;	/* bool, int, uint64_t or char[size] */
		uk_param_fn fn;
	};
	int64_t min;		/* INT, UINT64 (>= 0) */
	uint64_t max;		/* INT, UINT64; STRING: size of the buffer */
	enum uk_param_type type;
};

/* Sorted by name. The alignment keeps compilers from padding the table. */
#define UK_PARAM_ENTRY(l, n, ...)					\
	static const struct uk_param uk_param_##l##_##n			\
	UK_USED UK_ALIGNED(8) UK_SECTION(".uk_paramtab." #l "." #n) =	\
		{ .lib = #l, .name = #n, __VA_ARGS__ }

#define UK_PARAM_TYPED(ptr, t)						\
	.var = (1 ? (ptr) : (t *)0)

/* lib.name=yes|no; the name alone means yes. var: bool * */
#define UK_PARAM_bool(l, n, ptr, text)					\
	UK_PARAM_ENTRY(l, n, .type = UK_PARAM_BOOL, .help = text,	\
		       UK_PARAM_TYPED(ptr, bool))
/* Decimal or 0x...; var: int * */
#define UK_PARAM_int(l, n, ptr, text)					\
	UK_PARAM_RANGE(l, n, ptr, -0x7fffffff - 1, 0x7fffffff, text)
#define UK_PARAM_RANGE(l, n, ptr, lo, hi, text)				\
	UK_PARAM_ENTRY(l, n, .type = UK_PARAM_INT, .help = text,	\
		       UK_PARAM_TYPED(ptr, int), .min = (lo), .max = (hi))
/* var: uint64_t * */
#define UK_PARAM_uint64(l, n, ptr, text)				\
	UK_PARAM_ENTRY(l, n, .type = UK_PARAM_UINT64, .help = text,	\
		       UK_PARAM_TYPED(ptr, uint64_t), .max = UINT64_MAX)
/* Bytes without a NUL; var: pointer to an array, whose size is the limit */
#define UK_PARAM_string(l, n, ptr, text)				\
	UK_PARAM_ENTRY(l, n, .type = UK_PARAM_STRING, .help = text,	\
		       .var = 1 ? *(ptr) : (char *)0, .max = sizeof(*(ptr)))

/* type: bool, int, uint64 or string, ptr: address of the variable. */
#define UK_PARAM(l, n, type, ptr, text) UK_PARAM_##type(l, n, ptr, text)
/* A parser of its own; form_ says what it takes. */
#define UK_PARAM_PARSER(l, n, fn_, form_, text)				\
	UK_PARAM_ENTRY(l, n, .type = UK_PARAM_CUSTOM, .help = text,	\
		       .fn = (fn_), .form = (form_))

extern const struct uk_param uk_paramtab_start[], uk_paramtab_end[];
