#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# mbedTLS's own suites inside an image, with the port's options, built strict: those
# of what a TLS server does. make suites runs all of them.
. tests/build/lib.sh
. tests/boot/mbedtls-suite/run.sh

suites="chachapoly ecdsa pk ssl x509parse"
build_suites
run_suites 128M 300 tests/boot/mbedtls-suite/failing 950
verdict
