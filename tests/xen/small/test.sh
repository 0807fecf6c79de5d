#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# What a PV guest needs: file and memory of the smallest image, and of one with
# profile standard, against their limits; a domain that is too small is told.
. tests/build/lib.sh

support/xen/guest.py -P >"$W/prepared" || {
	[ $? -ne 77 ] || skip "$(tail -n 1 "$W/prepared")"
	die "no dom0"
}
# fits BYTES KIB: the image, built by $W/config, in a file and a domain of that
fits() {
	must defconfig UK_DEFCONFIG="$W/config"
	must all
	image=$O/helloworld_xenpv-x86_64
	bytes=$(stat -c %s "$image")
	echo "$bytes bytes, to run in $2 KiB"
	[ "$bytes" -le "$1" ] || fail "a file of $bytes bytes, $1 are allowed"
	status=0
	support/run/guest -t 30 -m "$2k" "$image" one >"$W/console" 2>&1 ||
		status=$?
	[ "$status" -eq 0 ] && grep -q '"one"' "$W/console" || {
		cat "$W/console"
		fail "in $2 KiB it ends with status $status"
	}
}

printf '%s\n' CONFIG_PLAT_XENPV=y CONFIG_OPTIMIZE_SIZE=y \
	'# CONFIG_LIBUKSELFTEST is not set' >"$W/config"
fits 80000 512
status=0
support/run/guest -t 30 -m 200k "$image" >"$W/console" 2>&1 || status=$?
[ "$status" -eq 71 ] && grep -q '^Boot refused: ' "$W/console" || {
	cat "$W/console"
	fail "in 200 KiB it ends with status $status"
}
printf '%s\n' CONFIG_PLAT_XENPV=y CONFIG_LIBUKMEM_MIN_FREE_KIB=64 |
	cat tests/perf/helloworld/smallest.config - >"$W/config"
fits 32768 208
verdict
