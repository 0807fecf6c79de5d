#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 120
# each: gcc clang
# TCP over a tap device, which computes checksums and cuts segments: that it
# does, and that the bytes are right; damaged frames; who takes all the memory.
# Profile standard with GCC; with Clang, one that believes what the card says.
. tests/build/lib.sh

APP=$UK_ROOT/tests/build/netcard/app
case $1 in
gcc)
	LLVM='' kind=checks
	config= ;;
clang)
	LLVM=1 kind=believes
	config='CONFIG_EXPERT=y
CONFIG_LIBUKVIRTIO_NET_RX_OFFLOAD=y' ;;
esac
{
	cat "$APP/defconfig"
	echo "CONFIG_HARDENING_PROFILE_STANDARD=y
# CONFIG_DEBUG_SYMBOLS is not set
$config"
} >"$W/config"
must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
must all LLVM=$LLVM
python3 tests/build/netcard/client.py "$O"/*_kvm-x86_64 $kind
case $? in
0) ;;
77) exit 77 ;;
*) bad=1 ;;
esac
verdict
