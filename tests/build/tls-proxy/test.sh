#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 500
# each: gcc clang
# tls-proxy for curl, openssl and Python's TLS: both versions, names, ALPN,
# several upstreams, a megabyte each way; what is refused; slow, silent and rude
# clients, hundreds that come and go; its end; what it cannot work with; 10,000
# connections in every state (flood.py, which takes another number). That in
# profile strict with Clang; with GCC, in standard, what make run does of it. musl
# is what tests/boot/musl compiles.
. tests/build/lib.sh

APP=$UK_ROOT/apps/tls-proxy
{
	cat "$APP/defconfig"
	echo '# CONFIG_DEBUG_SYMBOLS is not set'
	case $1 in
	gcc)
		echo CONFIG_HARDENING_PROFILE_STANDARD=y
		LLVM='' strict_musl ;;
	clang)
		echo CONFIG_HARDENING_PROFILE_STRICT=y ;;
	esac
} >"$W/config"
LLVM=
[ "$1" = gcc ] || LLVM=1
must defconfig UK_DEFCONFIG="$APP/defconfig" LLVM=$LLVM
# What clients reach is strict in an image that is not, as far as that goes; GCC
# also goes on with Clang's configuration.
reached() {
	for lib in APPTLSPROXY LIBUKTLS LIBMBEDTLS LIBLWIP; do
		for w; do
			grep -q "^CONFIG_${lib}_$w=y" "$O/.config" ||
				fail "$lib has no $w"
		done
	done
}
[ "$1" = gcc ] || {
	reached PROFILE_STRICT
	must olddefconfig
	said '^kconf: gcc cannot do all of strict: custom, .* LIBMBEDTLS'
}
reached PROFILE_CUSTOM HARDEN_OVERFLOW
must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
must all LLVM=$LLVM
! grep 'warning:' "$W/out" || fail "the build warns"
ls -l "$O"/tls-proxy_kvm-x86_64
# All of it with GCC as well: tests/build/tls-proxy/client.py IMAGE FOLDER
if [ "$1" = clang ]; then
	python3 tests/build/tls-proxy/client.py "$O"/tls-proxy_kvm-x86_64 \
		"$W" || bad=1
	python3 tests/build/tls-proxy/flood.py "$O"/tls-proxy_kvm-x86_64 \
		"$W" || bad=1
fi

# What a person sees who types make run, and with a certificate of one's own.
if [ "$1" = gcc ]; then
	run=$O/run/tls-proxy
	for own in '' 1; do
		if [ "$own" ]; then
			sh support/run/testcert "$W" localhost
			cp "$W/localhost.pem" "$run/files/server.pem"
			cp "$W/localhost.key" "$run/files/server.key"
		fi
		shows '^tls-proxy: listening' '^Hello from behind the proxy'
		[ $status -eq 0 ] || fail "make run ends with status $status"
		said '^tls-proxy: stopped'
		said '^handshakes 1'
	done
	cmp -s "$W/localhost.pem" "$run/files/server.pem" ||
		fail "the certificate was replaced"
fi
verdict
