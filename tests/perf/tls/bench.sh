#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# TLS 1.3 in an image against the same mbedTLS in a process of Linux, which
# QEMU's user emulation runs with the same counter. README.md, `tls`
. tests/perf/lib.sh

command -v qemu-x86_64 >/dev/null || {
	echo "tls: no qemu-x86_64 here (Debian: qemu-user), nothing measured"
	exit 0
}
in_app() {
	make -C "$PWD" A="$PWD/tests/perf/tls/app" O="$o" C="$o/.config" \
		CCACHE="$(command -v ccache || :)" LLVM=$llvm "$@" \
		>"$W/make.out" 2>&1 || {
		tail -n 20 "$W/make.out" >&2
		return 1
	}
}
quoted() {
	echo "static const char $1[] ="
	sed 's/.*/	"&\\n"/' "$2"
	echo '	;'
}
# process COMPILER: the same sources, options and optimization; glibc
process() {
	origin=$o/libmbedtls/origin
	mkdir -p "$W/include/uk"
	printf '#define CONFIG_LIBMBEDTLS_%s\n' 'CLIENT 1' 'RECORD_KIB 4' \
		>"$W/include/uk/config.h"
	parts=$(cd "$o/libmbedtls" && ls ./*.o | sed 's,^./\(.*\)\.o$,\1,' |
		grep -v '^port$')
	for p in $parts; do
		echo "$origin/library/$p.c"
	done >"$W/sources"
	# shellcheck disable=SC2046 # names of files
	$1 -Os -static -fno-pie -Wl,-no-pie -o "$W/process-$2" -I"$W/include" -I"$o" \
		-Ilibs/mbedtls/include -I"$origin/include" \
		-I"$origin/library" tests/perf/tls/app/main.c \
		tests/perf/tls/host.c $(cat "$W/sources")
	ln -sf "process-$2" "$W/process-$2.dbg"
}
# counted FROM TO: of what INSN_RUN runs
counted() {
	INSN_FROM=$1 INSN_TO=$2 sh tests/perf/insn.sh "$W" "$3" "$4" |
		cut -d' ' -f1
}
figures() {
	image=$1 machine=$2 name=$3 limit=$4
	# Keys and nonces differ: the mean of eight handshakes, of two runs.
	a=$(counted tls_begin tls_moved "$image" "$machine")
	b=$(counted tls_begin tls_moved "$image" "$machine")
	handshake=$(((a + b) / 16))
	megabyte=$(counted tls_moved tls_end "$image" "$machine")
	figure "tls.$name.insns_handshake" insns min - $handshake
	figure "tls.$name.insns_megabyte" insns min - "$megabyte"
	both=$((handshake + megabyte))
	figure "tls.$name.insns" insns min "$limit" "$both"
}

sh support/run/testcert "$W" test
for compiler in clang gcc; do
	llvm=
	[ $compiler = gcc ] || llvm=1
	for profile in none standard strict; do
		[ $compiler$profile != gccstrict ] || continue
		o=$W/$compiler-$profile
		mkdir -p "$o"
		{
			quoted test_chain "$W/test.pem"
			quoted test_key "$W/test.key"
		} >"$o/identity.h"
		{
			cat tests/perf/tls/app/defconfig
			echo "CONFIG_HARDENING_PROFILE_$(echo $profile |
				tr a-z A-Z)=y"
		} >"$W/config"
		in_app defconfig UK_DEFCONFIG="$W/config"
		in_app all
		if [ $profile = none ]; then
			process "$([ $llvm ] && echo clang-19 || echo gcc)" \
				$compiler
			figures "$W/process-$compiler" user \
				"process.linux-x86_64.$compiler" -
			most=$((both * 110 / 100))
		fi
		figures "$o/app_kvm-x86_64" microvm \
			"$profile.kvm-x86_64.$compiler" "$most"
	done
done
