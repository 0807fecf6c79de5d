#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# each: gcc clang
# tls-proxy for curl, openssl and Python's TLS: both versions, names, ALPN,
# several upstreams, a megabyte each way; what is refused; slow, silent and rude
# clients, hundreds that come and go; its end; what it cannot work with. Profile
# standard with GCC, strict with Clang; musl is what tests/boot/musl compiles.
. tests/build/lib.sh

APP=$UK_ROOT/apps/tls-proxy
{
	cat "$APP/defconfig"
	echo '# CONFIG_DEBUG_SYMBOLS is not set'
	case $1 in
	gcc)
		echo CONFIG_HARDENING_PROFILE_STANDARD=y
		echo CONFIG_LIBMUSL_PROFILE_STRICT=y
		# What GCC cannot do of that
		echo CONFIG_EXPERT=y
		echo CONFIG_HARDENING_GAPS=y ;;
	clang)
		echo CONFIG_HARDENING_PROFILE_STRICT=y ;;
	esac
} >"$W/config"
LLVM=
[ "$1" = gcc ] || LLVM=1
must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
must all LLVM=$LLVM
! grep 'warning:' "$W/out" || fail "the build warns"
ls -l "$O"/tls-proxy_kvm-x86_64
python3 tests/build/tls-proxy/client.py "$O"/tls-proxy_kvm-x86_64 "$W" || bad=1
verdict
