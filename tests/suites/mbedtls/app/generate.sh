#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# generate.sh ORIGIN OUT SUITE...: mbedTLS's generator on each of its suites:
# OUT/test_suite_SUITE.c; what they read goes to OUT/files, a folder for the
# initrd; OUT/suites.h names them.
set -eu
origin=$1 out=$2
shift 2
rm -rf "$out"
mkdir -p "$out/files/tests" "$out/files/framework"
cp -R "$origin/framework/data_files" "$out/files/framework"
cd "$origin"
for s; do
	name=test_suite_$s
	# One program for all data of a suite
	find tests/suites -name "$name.data" -o -name "$name.*.data" |
		LC_ALL=C sort | xargs cat >"$out/$name.data"
	/usr/bin/python3 framework/scripts/generate_test_code.py \
		-f tests/suites/$name.function -d "$out/$name.data" \
		-t tests/suites/main_test.function \
		-p tests/suites/host_test.function -s tests/suites \
		--helpers-file tests/suites/helpers.function -o "$out"
	mv "$out/$name.datax" "$out/files/tests"
	echo "SUITE($s)" >>"$out/suites.h"
done
