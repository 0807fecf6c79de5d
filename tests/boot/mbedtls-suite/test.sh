#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# mbedTLS's own suites inside an image, with the port's options, built strict, but
# for gcm, whose cases go through all lengths of parts, and bignum_core: those take
# minutes, and are run by make suites.
. tests/build/lib.sh
. tests/boot/mbedtls-suite/run.sh

build_suites
# shellcheck disable=SC2046 # names without spaces
run_suites 128M 300 tests/boot/mbedtls-suite/failing 7370 \
	$(sed -n 's/^SUITE(\(.*\))$/\1/p' "$made/suites.h" |
		grep -vxE "gcm|bignum_core")
verdict
