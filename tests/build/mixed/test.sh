#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 600
# One image, three profiles: one library at none, one at strict, the rest at
# standard. The report must see it in the code, with both compilers, and the
# check must stop at the library that has nothing. An exemption that a library
# of its own states is shown, and gets past the check.
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

app helloworld
cat >>"$APP/defconfig" <<'END'
CONFIG_LIBUKARGPARSE_PROFILE_NONE=y
CONFIG_LIBUKMEM_PROFILE_STRICT=y
CONFIG_EXPERT=y
CONFIG_HARDENING_GAPS=y
END
cat >>"$APP/Makefile.uk" <<'END'
APPHELLOWORLD_HARDEN_EXEMPT_BOUNDS := shows an exemption
END
for llvm in '' LLVM=1; do
	O=$W/o${llvm%=1}
	# shellcheck disable=SC2086 # a word or none
	{
		must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
		must hardening-report $llvm
		cp "$W/out" "$W/report"
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
		has "bounds=exempt ssp=n/a" apphelloworld
		grep -q 'exempt .*apphelloworld/bounds: shows an exemption' \
			"$W/report" || fail "the exemption has no reason"
		grep -q 'NO  ' "$W/report" && fail "a claim is not proved"
		boots x
		uk hardening-check $llvm PROFILE=standard &&
			fail "the check passes a library at none"
		said 'hardening-check: .*library libukargparse does not claim'
		printf '%s\n' CONFIG_PLAT_KVM=y >"$W/plain"
		must defconfig $llvm UK_DEFCONFIG="$W/plain"
		must hardening-check $llvm PROFILE=standard
		said 'every claim of profile standard is proved'
		uk hardening-check $llvm PROFILE=strict &&
			fail "the check takes standard for strict"
	}
done
verdict
