# SPDX-License-Identifier: BSD-3-Clause
# For tests/suites/mbedtls: sourced behind tests/build/lib.sh.

# build_suites LINE...: the image with these lines of configuration more, and its
# initrd
build_suites() {
	APP=$UK_ROOT/tests/boot/mbedtls-suite
	# What strict holds and GCC cannot do
	printf '%s\n' '# CONFIG_DEBUG_SYMBOLS is not set' \
		CONFIG_HARDENING_GAPS=y "$@" >"$W/lines"
	must defconfig UK_DEFCONFIG="$APP/defconfig $W/lines"
	must all
	made=$O/appmbedtlssuite/generated
	support/run/initrd "$W/initrd" "$made/files" || die "no initrd"
}

# run_suites MEMORY SECONDS FAILING LEAST SUITE...: these suites (all if none is
# named); what does not pass is what the file FAILING says, and LEAST cases or
# more pass
run_suites() {
	mem=$1 limit=$2 failing=$3 least=$4
	shift 4
	support/run/guest -m "$mem" -t "$limit" -I "$W/initrd" \
		"$O"/mbedtls-suite_kvm-x86_64 -- -- "$@" >"$W/raw" 2>&1
	status=$?
	tr -d '\r' <"$W/raw" >"$W/console"
	grep ' passed, ' "$W/console"
	[ $status -le 1 ] || {
		tail -n 20 "$W/console"
		die "the image ends with status $status"
	}
	sed -n 's/^not ok: //p' "$W/console" | LC_ALL=C sort >"$W/failed"
	grep -v '^#' "$failing" | grep . | LC_ALL=C sort >"$W/known"
	diff "$W/known" "$W/failed" >"$W/diff" || {
		grep -A1 '^not ok' "$W/console"
		fail "other cases than before do not pass ($failing):
$(cat "$W/diff")"
	}
	passed=$(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$W/console")
	[ "${passed:-0}" -ge "$least" ] ||
		fail "${passed:-no} cases pass, $least did before"
}
