# SPDX-License-Identifier: BSD-3-Clause
# mbedTLS's suites: those that say something of the port, and, of all of it, the
# others. Left out: what tests drivers and options that no configuration here has
# (config, psa_crypto_driver_wrappers, psa_crypto_se_driver_hal, _mocks).
SUITES_PORT := aes alignment asn1parse asn1write base64 bignum bignum_core \
	bignum_random chacha20 chachapoly common constant_time ecdh ecdsa ecp \
	gcm hkdf hmac_drbg md oid pem pk pkcs1_v15 pkcs1_v21 pkparse platform \
	platform_printf platform_util poly1305 psa_crypto psa_crypto_attributes \
	psa_crypto_ecp psa_crypto_generate_key psa_crypto_hash psa_crypto_init \
	psa_crypto_low_hash psa_crypto_memory psa_crypto_metadata \
	psa_crypto_not_supported psa_crypto_slot_management psa_crypto_util \
	shax ssl x509parse
SUITES_MORE := aria bignum_mod bignum_mod_raw block_cipher camellia ccm cipher \
	cmac constant_time_hmac ctr_drbg debug des dhm ecjpake entropy error \
	lmots lms mdx memory_buffer_alloc mps net nist_kw pkcs12 pkcs5 pkcs7 \
	pkwrite platform_threading platform_unix psa_crypto_constant_time \
	psa_crypto_entropy psa_crypto_op_fail psa_crypto_pake \
	psa_crypto_persistent_key psa_crypto_storage_format psa_its random rsa \
	ssl_decrypt test_helpers timing version x509write
SUITES := $(SUITES_PORT) $(if $(CONFIG_APPMBEDTLSSUITE_ALL),$(SUITES_MORE))

# All of the library: what is not asked for is compiled to nothing.
SUITE_LIBRARY := aes aesni aria asn1parse asn1write base64 bignum bignum_core \
	bignum_mod bignum_mod_raw block_cipher camellia ccm chacha20 chachapoly \
	cipher cipher_wrap cmac constant_time ctr_drbg debug des dhm ecdh ecdsa \
	ecjpake ecp ecp_curves ecp_curves_new entropy entropy_poll error gcm \
	hkdf hmac_drbg lmots lms md md5 memory_buffer_alloc mps_reader mps_trace \
	net_sockets nist_kw oid pem pk pk_ecc pk_wrap pkcs12 pkcs5 pkcs7 pkparse \
	pkwrite platform platform_util poly1305 psa_crypto psa_crypto_aead \
	psa_crypto_cipher psa_crypto_client psa_crypto_driver_wrappers_no_static \
	psa_crypto_ecp psa_crypto_ffdh psa_crypto_hash psa_crypto_mac \
	psa_crypto_pake psa_crypto_random psa_crypto_rsa psa_crypto_se \
	psa_crypto_slot_management psa_crypto_storage psa_its_file psa_util \
	ripemd160 rsa rsa_alt_helpers sha1 sha256 sha3 sha512 ssl_cache \
	ssl_ciphersuites ssl_client ssl_cookie ssl_debug_helpers_generated \
	ssl_msg ssl_ticket ssl_tls ssl_tls12_client ssl_tls12_server \
	ssl_tls13_client ssl_tls13_generic ssl_tls13_keys ssl_tls13_server \
	threading timing version version_features x509 x509_create x509_crl \
	x509_crt x509_csr x509write x509write_crt x509write_csr
# What the suites have in common.
SUITE_HELPERS := asn1_helpers bignum_codepath_check bignum_helpers \
	fake_external_rng_for_test fork_helpers helpers pk_helpers \
	psa_crypto_helpers psa_crypto_stubs psa_exercise_key \
	psa_memory_poisoning_wrappers random test_memory threading_helpers
