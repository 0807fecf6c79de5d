#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 600
# One image, four profiles: a library that faces the attacker at strict and a
# hot one at baseline, made from the same source; one at none, another at
# strict, the rest at standard. The report must see exactly that in the code,
# library by library, with both compilers, and the check must stop at the first
# library that has less. An exemption that a library of its own states is
# shown, and gets past the check.
. tests/build/lib.sh

# row LIBRARY: its verdicts, from build/hardening.json
row() {
	/usr/bin/python3 tests/build/mixed/cell.py "$O/hardening.json" "$1"
}
# has WORDS LIBRARY: all of these are in its row
has() {
	got=" $(row "$2") "
	for word in $1; do
		case $got in
		*" $word "*) ;;
		*) fail "$2: no $word in$got" ;;
		esac
	done
}

# exact PROFILE-OF-UNTRUSTED PROFILE-OF-HOT
exact() {
	/usr/bin/python3 tests/build/mixed/cell.py --exact "$compiler" \
		"$O/hardening.json" libuntrusted=="$1" libhot=="$2" \
		libukargparse=none libukmem=strict standard >"$W/exact"
}

here=$UK_ROOT/tests/build/mixed
APP=$here/app LIBS=$here/untrusted:$here/hot
for llvm in '' LLVM=1; do
	O=$W/o${llvm%=1} compiler=gcc
	[ -z "$llvm" ] || compiler=clang
	# shellcheck disable=SC2086 # a word or none
	{
		must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
		must hardening-report $llvm
		cp "$W/out" "$W/report"
		exact strict baseline || fail "$(cat "$W/exact")"
		cat "$W/exact"
		exact baseline strict && fail "the other way round is as right"
		exact strict standard && fail "hot passes for standard"
		exact standard baseline && fail "untrusted passes for standard"
		has "ssp=- zero-init=- bounds=- overflow=-" libukargparse
		has "ssp=yes zero-init=yes overflow=yes ssp-all=-" libukmem
		has "ssp=yes zero-init=yes overflow=-" libukdebug
		if [ -n "$llvm" ]; then
			has "kcfi=-" libukargparse
			has "kcfi=yes" libukdebug
			grep -q 'image/kcfi' "$W/report" &&
				fail "a library without checks has no types"
		else
			has "kcfi=gap" libukargparse
			has "kcfi=gap" libukmem
		fi
		has "bounds=exempt ssp=yes" appmixed
		grep -q 'exempt .*appmixed/bounds: shows an exemption' \
			"$W/report" || fail "the exemption has no reason"
		grep -q 'NO  ' "$W/report" && fail "a claim is not proved"
		boots x
		grep -q '^untrusted: 1' "$W/console" || fail "no answer"
		# The same packet, the same code: only one library lives on.
		support/run/guest -t 30 "$O"/*_kvm-x86_64 -- odd \
			>"$W/console" 2>&1
		[ $? -eq 70 ] || fail "an index past its array: status $?"
		grep -q '^hot: ' "$W/console" || fail "hot died at baseline"
		grep -q '^Crash: bounds' "$W/console" || fail "untrusted lives"
		uk hardening-check $llvm PROFILE=standard &&
			fail "the check passes a library at baseline"
		said 'hardening-check: .*library libhot does not claim'
		printf '%s\n' CONFIG_PLAT_KVM=y >"$W/plain"
		must defconfig $llvm UK_DEFCONFIG="$W/plain"
		must hardening-check $llvm PROFILE=standard
		said 'every claim of profile standard is proved'
		uk hardening-check $llvm PROFILE=strict &&
			fail "the check takes standard for strict"
	}
done
verdict
