/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include_next <time.h>

#if !defined(__cplusplus) && !defined(UK_NO_FORTIFY)

#include "uk/fortify.h"

UK_FORTIFY_REAL(strftime);
UK_FORTIFY_FN size_t strftime(char *UK_SIZED(1) buf, size_t size,
			      const char *fmt, const struct tm *tm)
{
	uk_fortify(size, UK_MEMBER(buf), "strftime");
	return uk_fortify_real_strftime(buf, size, fmt, tm);
}

/* "Thu Jan  1 00:00:00 1970\n", the shortest there is. */
#define UK_FORTIFY_DATE 26

UK_FORTIFY_REAL(asctime_r);
UK_FORTIFY_FN char *asctime_r(const struct tm *tm, char *UK_SIZED(1) buf)
{
	uk_fortify(UK_FORTIFY_DATE, UK_MEMBER(buf), "asctime_r");
	return uk_fortify_real_asctime_r(tm, buf);
}

UK_FORTIFY_REAL(ctime_r);
UK_FORTIFY_FN char *ctime_r(const time_t *t, char *UK_SIZED(1) buf)
{
	uk_fortify(UK_FORTIFY_DATE, UK_MEMBER(buf), "ctime_r");
	return uk_fortify_real_ctime_r(t, buf);
}

#endif
