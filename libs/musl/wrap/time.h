/* SPDX-License-Identifier: BSD-3-Clause */
/* As <string.h> here. */
#ifndef MUSL_WRAP_TIME_H
#define MUSL_WRAP_TIME_H

#include_next <time.h>

#ifndef UK_NO_FORTIFY
#ifdef __cplusplus
extern "C" {
#endif
char *asctime_r(const struct tm *tm, char *buf);
char *ctime_r(const time_t *t, char *buf);
#ifdef __cplusplus
}
#endif
#endif

#endif
