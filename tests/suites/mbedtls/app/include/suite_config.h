/* SPDX-License-Identifier: BSD-3-Clause */
/* The port's options, or mbedTLS's own, whichever is first on the path of
 * headers; and what the suites need of them. */
#pragma once

#include <uk/config.h>
#define CONFIG_LIBMBEDTLS_RECORD_KIB 16
#include <mbedtls/mbedtls_config.h>

#ifndef CONFIG_APPMBEDTLSSUITE_ALL
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_FS_IO
#define MBEDTLS_SELF_TEST
#undef MBEDTLS_PLATFORM_MS_TIME_ALT	/* port.c, which is not here */
#endif

#define MBEDTLS_NO_UDBL_DIVISION
#define MBEDTLS_TEST_HOOKS
