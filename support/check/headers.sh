#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Each public header compiles alone, twice in a row, for x86_64 or the CPU that
# it belongs to, with both compilers and nothing but the headers of the rooms it
# may use. Exit status 1 if not.
set -u
cd "$(dirname "$0")/../.." || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/uk" && : >"$tmp/uk/config.h"

# Include folders of rooms, as options
rooms() {
	for r in "$@"; do
		[ "$r" != arch ] || r=arch/$cpu
		find "$r" -type d -name include -prune 2>/dev/null
	done | LC_ALL=C sort | sed 's/^/-I/'
}

compile() {
	cc=$1 h=$2
	shift 2
	printf '#include "%s"\n#include "%s"\n' "$PWD/$h" "$PWD/$h" |
		$cc -x c -fsyntax-only -std=gnu17 -ffreestanding -nostdinc \
			-isystem "$($cc -print-file-name=include)" \
			-I"$tmp" -D__LIBNAME__='"x"' -D__BASENAME__='"x.c"' \
			-Wall -Wextra -Wundef -Werror "$@" -
}

# The compilers for a header, one a line, as far as they are here
compilers() {
	case $cpu,$1 in
	x86_64,*) printf '%s\n' gcc clang-19 ;;
	arm64,*) printf '%s\n' aarch64-linux-gnu-gcc \
		'clang-19 --target=aarch64-linux-gnu' ;;
	esac | while read -r cc rest; do
		! command -v "$cc" >/dev/null 2>&1 || echo "$cc $rest"
	done
}

# each HEADER: with every compiler for $cpu
each() {
	case $1 in
	arch/*) set -- "$1" "$(rooms "${1%%/include/*}")" ;;
	core/*) set -- "$1" "$(rooms arch core)" ;;
	plat/*) set -- "$1" "$(rooms arch core "${1%%/include/*}")" ;;
	hardening/*) set -- "$1" "$(rooms arch core hardening)" ;;
	alloc/*) set -- "$1" "$(rooms arch core hardening alloc)" ;;
	sched/*) set -- "$1" "$(rooms arch core hardening alloc sched)" ;;
	libs/*) set -- "$1" \
		"$(rooms libs arch core hardening alloc sched)" ;;
	esac
	compilers "$1" | while read -r cc; do
		# shellcheck disable=SC2086 # a list of options
		if ! compile "$cc" "$1" $2 2>"$tmp/err"; then
			echo "$1: does not compile alone with $cc:"
			sed -n '1,6p' "$tmp/err"
		fi
	done
}

n=0 bad=0
for h in $(find arch plat core hardening alloc sched libs -name '*.h' \
		-path '*/include/*' | LC_ALL=C sort); do
	# Its port is fetched: who builds with it compiles the header.
	! grep -q '^#include <mbedtls/' "$h" || continue
	n=$((n + 1))
	case $h in
	arch/x86_64/*) cpus=x86_64 ;;
	arch/arm64/*) cpus=arm64 ;;
	*) cpus=x86_64 ;;
	esac
	for cpu in $cpus; do
		each "$h" >"$tmp/said"
		[ -s "$tmp/said" ] || continue
		cat "$tmp/said"
		bad=$((bad + 1))
	done
	# The C standard wants <assert.h> to take effect at each #include.
	grep -q '^#pragma once' "$h" || [ "${h##*/}" = assert.h ] || {
		echo "$h: no #pragma once"
		bad=$((bad + 1))
	}
done
echo "$n public headers: $bad wrong"
[ "$bad" -eq 0 ] && [ "$n" -gt 0 ]
