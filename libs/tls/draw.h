/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stddef.h>

/* Random numbers as mbedTLS asks for them: always 0. */
int uk_tls_draw(void *arg, unsigned char *out, size_t n);
