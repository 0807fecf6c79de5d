/* SPDX-License-Identifier: BSD-3-Clause */
/* What is between a language and its library: jumps, locales, wide characters,
 * the environment, the floating-point environment. */
#define _GNU_SOURCE
#include <fenv.h>
#include <locale.h>
#include <setjmp.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "check.h"

static jmp_buf back;
static sigjmp_buf sigback;

static int dive(int depth)
{
	if (!depth)
		longjmp(back, 42);
	return dive(depth - 1) + 1;
}

static void jumps(void)
{
	volatile int kept = 7;
	int v = setjmp(back);

	if (!v) {
		kept = 8;
		dive(10);
	}
	CHECK(v == 42 && kept == 8);
	v = sigsetjmp(sigback, 1);
	if (!v)
		siglongjmp(sigback, 0);
	CHECK(v == 1);
}

static void locales(void)
{
	wchar_t wide[16];
	char narrow[16];
	locale_t l;

	CHECK(!strcmp(setlocale(LC_ALL, NULL), "C"));
	CHECK(setlocale(LC_ALL, "C.UTF-8"));
	CHECK(mbstowcs(wide, "gr\xc3\xbc\xc3\x9f", 16) == 4 && wide[2] == 0xfc);
	CHECK(towupper(wide[2]) == 0xdc && iswalpha(wide[3]));
	CHECK(wcstombs(narrow, wide, 16) == 6);
	CHECK(!strcmp(narrow + 2, "\xc3\xbc\xc3\x9f"));
	CHECK(swprintf(wide, 16, L"%ls-%d", L"\u20ac", 5) == 3);
	l = newlocale(LC_ALL_MASK, "C", NULL);
	CHECK(l && uselocale(l) && !strcmp(localeconv()->decimal_point, "."));
	uselocale(LC_GLOBAL_LOCALE);
	freelocale(l);
}

static void rounding(void)
{
	volatile double third = 1, three = 3;
	volatile long double lthird = 1;
	double down, up;
	fenv_t env;

	CHECK(fegetround() == FE_TONEAREST);
	CHECK(!fegetenv(&env) && !fesetround(FE_DOWNWARD));
	down = third / three;
	CHECK(lthird / 3 < 1 / 3.0L + 1e-19L && fegetround() == FE_DOWNWARD);
	CHECK(!fesetround(FE_UPWARD));
	up = third / three;
	CHECK(!fesetenv(&env) && fegetround() == FE_TONEAREST);
	CHECK(up > down);
	CHECK(!feclearexcept(FE_ALL_EXCEPT) && !fetestexcept(FE_DIVBYZERO));
	three = 0;
	third = third / three;
	CHECK(fetestexcept(FE_DIVBYZERO | FE_INVALID) == FE_DIVBYZERO);
	CHECK(!feclearexcept(FE_DIVBYZERO) && !fetestexcept(FE_DIVBYZERO));
	CHECK(!feraiseexcept(FE_OVERFLOW) && fetestexcept(FE_OVERFLOW));
}

void language(void)
{
	jumps();
	locales();
	rounding();
	CHECK(!getenv("PATH") && !setenv("PATH", "/bin", 1));
	CHECK(!strcmp(getenv("PATH"), "/bin") && !clearenv());
	puts("language: right");
}
