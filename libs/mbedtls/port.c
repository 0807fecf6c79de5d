/* SPDX-License-Identifier: BSD-3-Clause */
/* What mbedTLS asks of its host. */
#include <mbedtls/platform_time.h>
#include <psa/crypto.h>
#include <uk/swrand.h>
#include <uk/time.h>

psa_status_t mbedtls_psa_external_get_random(
	mbedtls_psa_external_random_context_t *context, uint8_t *out,
	size_t size, size_t *len)
{
	(void)context;
	uk_swrand_fill(out, size);
	*len = size;
	return PSA_SUCCESS;
}

mbedtls_ms_time_t mbedtls_ms_time(void)
{
	return (mbedtls_ms_time_t)(uk_time_ns() / UK_NSEC_PER_MSEC);
}
