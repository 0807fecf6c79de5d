#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# each: gcc clang arm64
# daytime in 2 MiB for real clients, hundreds one after another, rude ones and
# some that come back from the same port; profile standard with GCC, strict
# with Clang. An image over its budget is not built. On arm64 one client:
# the rest is not of the CPU.
. tests/build/lib.sh

served daytime "$1"
[ "$1" = arm64 ] || python3 tests/build/daytime/client.py "$image" || bad=1

[ "$1" = clang ] ||
	shows '^daytime: listening' '^[0-9-]{10} [0-9:]{8} UTC'
if [ "$1" = gcc ]; then
	echo CONFIG_APPDAYTIME_FILE_KIB=100 >>"$W/config"
	must defconfig UK_DEFCONFIG="$W/config"
	uk all && fail "an image over its budget was built"
	said 'file of image is [0-9]+ bytes, [0-9]+ over its budget of 102400'
	said 'its largest: '
fi
verdict
