/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The floating-point environment. Both units keep one: SSE, which computes
 * float and double, and the x87, which computes long double. In the place of
 * musl's assembly, which writes below the stack pointer.
 */
#include <fenv.h>
#include <stdint.h>

#define ROUND_SHIFT 3	/* from the x87's control word to MXCSR */

static inline uint32_t get_mxcsr(void)
{
	uint32_t v;

	__asm__ __volatile__("stmxcsr %0" : "=m"(v));
	return v;
}

static inline void set_mxcsr(uint32_t v)
{
	__asm__ __volatile__("ldmxcsr %0" : : "m"(v));
}

static inline uint16_t get_status(void)
{
	uint16_t v;

	__asm__ __volatile__("fnstsw %0" : "=a"(v));
	return v;
}

int feclearexcept(int mask)
{
	uint32_t mxcsr = get_mxcsr(), seen = get_status() & FE_ALL_EXCEPT;

	mask &= FE_ALL_EXCEPT;
	/* The x87 only clears all: those that stay move over to SSE. */
	if (seen & (uint32_t)mask) {
		__asm__ __volatile__("fnclex");
		mxcsr |= seen;
	}
	set_mxcsr(mxcsr & ~(uint32_t)mask);
	return 0;
}

int feraiseexcept(int mask)
{
	set_mxcsr(get_mxcsr() | (uint32_t)(mask & FE_ALL_EXCEPT));
	return 0;
}

int fetestexcept(int mask)
{
	return (int)((get_mxcsr() | get_status()) & (uint32_t)mask &
		     FE_ALL_EXCEPT);
}

int fegetround(void)
{
	return (int)(get_mxcsr() >> ROUND_SHIFT) & FE_TOWARDZERO;
}

/* fesetround() of musl has checked r. */
__attribute__((visibility("hidden"))) int __fesetround(int r)
{
	const uint32_t both = (uint32_t)FE_TOWARDZERO << ROUND_SHIFT;
	uint16_t cw;

	__asm__ __volatile__("fnstcw %0" : "=m"(cw));
	cw = (uint16_t)((cw & ~FE_TOWARDZERO) | r);
	__asm__ __volatile__("fldcw %0" : : "m"(cw));
	set_mxcsr((get_mxcsr() & ~both) | (uint32_t)r << ROUND_SHIFT);
	return 0;
}

int fegetenv(fenv_t *env)
{
	/* Storing it masks all exceptions: take it back at once. */
	__asm__ __volatile__("fnstenv %0\n\tfldenv %0" : "=m"(*env));
	env->__mxcsr = get_mxcsr();
	return 0;
}

int fesetenv(const fenv_t *env)
{
	static const fenv_t standard = {
		.__control_word = 0x37f, .__tags = 0xffff, .__mxcsr = 0x1f80,
	};

	if (env == FE_DFL_ENV)
		env = &standard;
	__asm__ __volatile__("fldenv %0" : : "m"(*env));
	set_mxcsr(env->__mxcsr);
	return 0;
}
