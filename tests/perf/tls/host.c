/* SPDX-License-Identifier: BSD-3-Clause */
/* What libs/mbedtls/port.c is to an image, in a process of Linux. */
#include <mbedtls/platform_time.h>
#include <psa/crypto.h>
#include <sys/random.h>
#include <time.h>

psa_status_t mbedtls_psa_external_get_random(
	mbedtls_psa_external_random_context_t *context, uint8_t *out,
	size_t size, size_t *len)
{
	(void)context;
	*len = size;
	return getrandom(out, size, 0) == (ssize_t)size ?
		PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}

mbedtls_ms_time_t mbedtls_ms_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
