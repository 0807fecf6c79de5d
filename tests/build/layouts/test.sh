#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# 64 boots: where everything lies is random, each area for itself (the same
# looks as at the thousand layouts of tests/unit/aslr); and the same layout 64
# times, or one that leaves a single area alone, is found out. A machine without
# entropy gets no layout at all, unless its loader has some.
. tests/build/lib.sh

APP=$PWD/tests/build/layouts/app
must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
must all
cc -O2 -Wall -Wextra -Werror -Itests/unit/aslr tests/build/layouts/judge.c \
	tests/unit/aslr/stats.c -lm -o "$W/judge" || die "no judge"

# boots PLATFORM AREA...
boots64() {
	plat=$1 img=$(grep "_$1-" "$O/images")
	shift
	for i in $(seq 64); do
		support/run/guest -p "$plat" -t 20 "$img" >"$W/console" 2>&1 ||
			{ cat "$W/console"; die "$plat: boot $i: status $?"; }
		tr -d '\r' <"$W/console" | grep '^area ' >"$W/$plat.$i"
	done
	"$W/judge" "$plat" "$W/$plat".* || fail "$plat: 64 boots, not random"
	grep -q 'WEAKENED by .*RAW_POINTERS' "$W/console" ||
		fail "an image that shows addresses does not say so"

	# What must not pass.
	one=
	for i in $(seq 64); do one="$one $W/$plat.1"; done
	# shellcheck disable=SC2086 # words
	"$W/judge" "$plat" $one && fail "one layout, 64 times, is random?"
	for area; do
		at=$(sed -n "s/^area $area //p" "$W/$plat.1")
		[ "$at" ] || fail "no area $area"
		for i in $(seq 64); do
			sed "s/^area $area .*/area $area $at/" \
				"$W/$plat.$i" >"$W/fixed.$i"
		done
		"$W/judge" "$plat" "$W"/fixed.* &&
			fail "$area at one place is random?"
	done
}
boots64 linuxu text heap stack:main stack:thread
boots64 kvm text heap stack:main stack:thread window

support/run/guest -t 20 -k cpu=qemu64 "$img" >"$W/console" 2>&1
st=$?
[ $st -eq 73 ] && grep -q '^aslr: no entropy' "$W/console" ||
	{ cat "$W/console"; fail "without entropy: status $st, not 73"; }
# The seed is enough for the layout; the canary then asks the CPU.
support/run/guest -t 20 -k cpu=qemu64 "$img" \
	rng_seed=00112233445566778899aabbccddeeff -- >"$W/console" 2>&1
st=$?
[ $st -eq 73 ] && grep -q '^ssp: no entropy' "$W/console" ||
	{ cat "$W/console"; fail "with a seed: status $st"; }
verdict
