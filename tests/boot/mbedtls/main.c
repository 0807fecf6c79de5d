/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * mbedTLS's own self-tests inside an image, of all that its port holds: known
 * answers of the cryptography below TLS.
 */
#include <stdio.h>
#include <mbedtls/aes.h>
#include <mbedtls/base64.h>
#include <mbedtls/bignum.h>
#include <mbedtls/chacha20.h>
#include <mbedtls/chachapoly.h>
#include <mbedtls/ecp.h>
#include <mbedtls/gcm.h>
#include <mbedtls/hmac_drbg.h>
#include <mbedtls/poly1305.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

static const struct {
	const char *name;
	int (*run)(int verbose);
} tests[] = {
	{ "base64", mbedtls_base64_self_test },
	{ "mpi", mbedtls_mpi_self_test },
	{ "sha256", mbedtls_sha256_self_test },
	{ "sha384", mbedtls_sha384_self_test },
	{ "sha512", mbedtls_sha512_self_test },
	{ "hmac_drbg", mbedtls_hmac_drbg_self_test },
	{ "aes", mbedtls_aes_self_test },
	{ "gcm", mbedtls_gcm_self_test },
	{ "chacha20", mbedtls_chacha20_self_test },
	{ "poly1305", mbedtls_poly1305_self_test },
	{ "chachapoly", mbedtls_chachapoly_self_test },
	{ "rsa", mbedtls_rsa_self_test },
	{ "ecp", mbedtls_ecp_self_test },
};

int main(void)
{
	size_t i, n = sizeof(tests) / sizeof(tests[0]), wrong = 0;

	for (i = 0; i < n; i++) {
		int rc = tests[i].run(0);

		printf("%s: %s\n", tests[i].name, rc ? "wrong" : "right");
		wrong += rc != 0;
	}
	printf("%zu self-tests, %zu wrong\n", n, wrong);
	return wrong != 0;
}
