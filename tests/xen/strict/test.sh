#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# Both kinds of guest with profile strict and Clang: every claim is proved in
# the file, and held at boot; with standard and GCC, in the file.
. tests/build/lib.sh

support/xen/guest.py -P >"$W/prepared" || {
	[ $? -ne 77 ] || skip "$(tail -n 1 "$W/prepared")"
	die "no dom0"
}
# proved PROFILE [LLVM=1]
proved() {
	printf '%s\n' CONFIG_PLAT_XENPV=y CONFIG_PLAT_XENPVH=y \
		"CONFIG_HARDENING_PROFILE_$(echo "$1" | tr a-z A-Z)=y" \
		>"$W/config"
	must defconfig UK_DEFCONFIG="$W/config" $2
	must hardening-check PROFILE="$1" $2
	said 'xenpv-x86_64: every claim of profile '"$1"' is proved'
	said 'xenpvh-x86_64: every claim of profile '"$1"' is proved'
}
proved standard ''
proved strict LLVM=1
for kind in xenpv xenpvh; do
	status=0
	support/run/guest -t 30 "$O/helloworld_$kind-x86_64" one \
		>"$W/console" 2>&1 || status=$?
	grep -q '^# selftest: [0-9]* held, 0 failed' "$W/console" &&
		grep -q '"one"' "$W/console" && [ "$status" -eq 0 ] || {
		cat "$W/console"
		fail "$kind ends with status $status"
	}
done
verdict
