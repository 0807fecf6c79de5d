#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 3600
# each: port all
# mbedTLS's own suites inside an image, built strict: with the port's options, and
# with mbedTLS's own, all.
. tests/build/lib.sh
. tests/boot/mbedtls-suite/run.sh

case $1 in
port)
	build_suites
	run_suites 128M 1200 tests/boot/mbedtls-suite/failing 16000 ;;
all)
	build_suites CONFIG_APPMBEDTLSSUITE_ALL=y
	run_suites 512M 3000 tests/suites/mbedtls/failing 32000 ;;
esac
verdict
