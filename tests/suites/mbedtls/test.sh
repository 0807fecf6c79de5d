#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 3600
# each: port all
# mbedTLS's own suites inside an image, built strict: with the port's options, and
# with mbedTLS's own, all. What does not pass is what a file says, with the reason.
. tests/build/lib.sh

case $1 in
port)
	mem=128M limit=1200 least=16000 line=
	failing=tests/suites/mbedtls/failing-port ;;
all)
	mem=512M limit=3000 least=32000 line=CONFIG_APPMBEDTLSSUITE_ALL=y
	failing=tests/suites/mbedtls/failing ;;
esac
APP=$UK_ROOT/tests/suites/mbedtls/app
# What strict holds and GCC cannot do
printf '%s\n' '# CONFIG_DEBUG_SYMBOLS is not set' CONFIG_HARDENING_GAPS=y $line \
	>"$W/lines"
must defconfig UK_DEFCONFIG="$APP/defconfig $W/lines"
must all
support/run/initrd "$W/initrd" "$O/appmbedtlssuite/generated/files" ||
	die "no initrd"

support/run/guest -m "$mem" -t "$limit" -I "$W/initrd" "$O"/app_kvm-x86_64 \
	>"$W/raw" 2>&1
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
verdict
