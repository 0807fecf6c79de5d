#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# each: gcc clang
# httpd for curl and for rude clients: files, ranges, HEAD, kept-alive and
# pipelined requests, what is no HTTP, clients that stay or go; no initrd and a
# broken one. Profile standard with GCC, strict with Clang.
. tests/build/lib.sh

APP=$UK_ROOT/apps/httpd
case $1 in
gcc) LLVM='' profile=STANDARD ;;
clang) LLVM=1 profile=STRICT ;;
esac
{
	cat "$APP/defconfig"
	echo "CONFIG_HARDENING_PROFILE_$profile=y"
} >"$W/config"
must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
must all LLVM=$LLVM
ls -l "$O"/httpd_kvm-x86_64
python3 tests/build/httpd/client.py "$O"/httpd_kvm-x86_64 "$W" || bad=1
[ "$1" != gcc ] || shows '^httpd: listening on port 80, 1 files' 'It works'
verdict
