#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# Optimising across libraries builds and boots with both compilers.
. tests/build/lib.sh

for llvm in '' LLVM=1; do
	O=$TEST_DIR/slot${TESTRUN_SLOT:-0}
	rm -rf "$O"
	printf '%s\n' 'CONFIG_PLAT_KVM=y' 'CONFIG_OPTIMIZE_LTO=y' >"$W/lto.config"
	must defconfig $llvm UK_DEFCONFIG="$W/lto.config"
	must all $llvm
	said 'bytes, profile standard'
	boots
	grep -q '^Hello world!' "$W/console" || fail "${llvm:-GCC}: does not boot"
done
verdict
