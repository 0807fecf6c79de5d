#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Each public header compiles alone, twice in a row, with both compilers and
# nothing but the headers of the rooms it may use. Exit status 1 if not.
set -u
cd "$(dirname "$0")/../.." || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/uk" && : >"$tmp/uk/config.h"

# Include folders of rooms, as options
rooms() {
	for r in "$@"; do
		find "$r" -type d -name include -prune 2>/dev/null
	done | LC_ALL=C sort | sed 's/^/-I/'
}

compile() {
	cc=$1 h=$2
	shift 2
	printf '#include "%s"\n#include "%s"\n' "$PWD/$h" "$PWD/$h" |
		$cc -x c -fsyntax-only -std=gnu17 -ffreestanding -nostdinc \
			-isystem "$("$cc" -print-file-name=include)" \
			-I"$tmp" -D__LIBNAME__='"x"' -D__BASENAME__='"x.c"' \
			-Wall -Wextra -Wundef -Werror "$@" -
}

n=0 bad=0
for h in $(find arch plat core hardening alloc sched libs -name '*.h' \
		-path '*/include/*' | LC_ALL=C sort); do
	case $h in
	arch/*) set -- "$(rooms "${h%%/include/*}")" ;;
	core/*) set -- "$(rooms arch core)" ;;
	plat/*) set -- "$(rooms arch core "${h%%/include/*}")" ;;
	hardening/*) set -- "$(rooms arch core hardening)" ;;
	alloc/*) set -- "$(rooms arch core hardening alloc)" ;;
	sched/*) set -- "$(rooms arch core hardening alloc sched)" ;;
	libs/*) set -- "$(rooms libs arch core hardening alloc sched)" ;;
	esac
	# Its port is fetched: who builds with it compiles the header.
	! grep -q '^#include <mbedtls/' "$h" || continue
	n=$((n + 1))
	for cc in gcc clang-19; do
		command -v $cc >/dev/null 2>&1 || continue
		# shellcheck disable=SC2086 # a list of options
		if ! compile $cc "$h" $1 2>"$tmp/err"; then
			echo "$h: does not compile alone with $cc:"
			sed -n '1,6p' "$tmp/err"
			bad=$((bad + 1))
		fi
	done
	# The C standard wants <assert.h> to take effect at each #include.
	grep -q '^#pragma once' "$h" || [ "${h##*/}" = assert.h ] || {
		echo "$h: no #pragma once"
		bad=$((bad + 1))
	}
done
echo "$n public headers: $bad wrong"
[ "$bad" -eq 0 ] && [ "$n" -gt 0 ]
