/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one formatter of the tree: printf formats of C17, for core's messages
 * and underneath the printf of nolibc. It takes
 *	flags       - + space # 0 (' is accepted and changes nothing)
 *	width, precision, both also as *
 *	lengths     hh h l ll j z t L
 *	conversions d i u o x X c s p %
 * and leaves the rest to a hook: floating point, which core is compiled
 * without, and wide characters. %n does not exist.
 *
 * Results: bytes produced (a closing NUL not counted), or
 *	-EINVAL     a conversion that is unknown or broken off; what stands
 *	            before it has been put out
 *	-EOVERFLOW  a width, a precision or the result is beyond INT_MAX
 * Any context that the put function allows; no memory but some 200 bytes of
 * stack, no lock, no FPU.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

/* Takes n > 0 bytes at s, which it must not keep. */
typedef void (*uk_fmt_put)(void *arg, const char *s, size_t n);

int uk_vformat(uk_fmt_put put, void *arg, const char *fmt, va_list ap)
	UK_PRINTF(3, 0);
/* At most size bytes into buf, closed by a NUL where size > 0. The result is
 * what a buffer without end would have got. buf may be NULL if size is 0. */
int uk_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
	UK_PRINTF(3, 0);
int uk_snprintf(char *buf, size_t size, const char *fmt, ...)
	UK_PRINTF(3, 4);

/* ---- for those who add conversions ----------------------------------- */

#define UK_FMT_LEFT	(1u << 0) /* '-' */
#define UK_FMT_PLUS	(1u << 1) /* '+' */
#define UK_FMT_SPACE	(1u << 2) /* ' ' */
#define UK_FMT_ALT	(1u << 3) /* '#' */
#define UK_FMT_ZERO	(1u << 4) /* '0' */
#define UK_FMT_STAR_WIDTH (1u << 6) /* width comes as an argument */
#define UK_FMT_STAR_PREC (1u << 7)  /* precision does */

/* One conversion specification, as it was read. */
struct uk_fmt_spec {
	uint8_t flags;		/* UK_FMT_* */
	char conv;		/* the letter */
	char len;		/* 0, 'H' (hh), 'h', 'l', 'q' (ll), j z t L */
	uint8_t size;		/* bytes of an integer of that length */
	uint8_t arg;		/* %1$d: number of the argument, 0 = next */
	uint8_t width_arg, prec_arg; /* the same for *1$ */
	int width;		/* 0 = none */
	int prec;		/* -1 = none */
};

/* The output of one call. Hooks hand it on and look at nothing inside. */
struct uk_fmt {
	uk_fmt_put put;
	void *arg;
	size_t total;
};

/* In a struct, so that a called function takes its arguments off the list. */
struct uk_fmt_args {
	va_list ap;
};

/*
 * Called for p and for every conversion that is not in the list above, with
 * width and precision already fetched. It takes its argument from args and
 * produces output by the functions below. 0, or -EINVAL: not known here either,
 * nothing taken (p is then printed as 0x...).
 */
typedef int (*uk_fmt_hook)(struct uk_fmt *f, const struct uk_fmt_spec *s,
			   struct uk_fmt_args *args);

/* hook may be NULL. */
int uk_vformat_hook(uk_fmt_hook hook, uk_fmt_put put, void *arg,
		    const char *fmt, va_list ap) UK_PRINTF(4, 0);

/* Output into a buffer: uk_fmt_span_put() with a struct uk_fmt_span as its
 * argument keeps the first `left` bytes and drops the rest. No NUL. */
struct uk_fmt_span {
	char *at;
	size_t left;
};
void uk_fmt_span_put(void *arg, const char *s, size_t n);

/* Read the specification at *fmt, which is behind the '%', and move *fmt
 * behind it. 0, -EINVAL or -EOVERFLOW. */
int uk_fmt_parse(const char **fmt, struct uk_fmt_spec *s);
/* Store a width or precision that came as an argument. 0 or -EOVERFLOW. */
int uk_fmt_set_width(struct uk_fmt_spec *s, int width);
void uk_fmt_set_prec(struct uk_fmt_spec *s, int prec);

/* n bytes; n times the byte c (' ' or '0'). No padding. */
void uk_fmt_out(struct uk_fmt *f, const char *s, size_t n);
void uk_fmt_fill(struct uk_fmt *f, char c, int n);
/* n bytes, padded to the width. */
void uk_fmt_text(struct uk_fmt *f, const struct uk_fmt_spec *s,
		 const char *text, size_t n);
/* One value by d i u o x X c s p %: an integer (its low s->size bytes count) or
 * a pointer. -EINVAL: another conversion, nothing put out. */
int uk_fmt_value(struct uk_fmt *f, const struct uk_fmt_spec *s, uint64_t v);
/* What stands before a number: "-", "+", " " or "". */
const char *uk_fmt_sign(const struct uk_fmt_spec *s, bool negative);
