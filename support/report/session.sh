#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# session.sh BUILD: build helloworld from nothing in BUILD and boot it; what the
# terminal shows, shortened in the middle, as a picture on standard output.
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
	echo '$ make run ARGS="one two"'
	make -s -C "$root" O="$build" helloworld_defconfig >/dev/null
	status=0
	make -s -C "$root" O="$build" run ARGS="one two" 2>&1 || status=$?
	echo '$ echo $?'
	echo "$status"
} | sed "s,$build,build,; s,$root/,," >"$log"
# Of the build only its first and last lines; of QEMU's command none.
awk '/^\[/ { step[++n] = $0; next }
     /^\$ qemu|^qemu/ { next }
     { if (n) { print step[1]; print step[2]; print "[...]"
		print step[n - 1]; print step[n]; n = 0 } print }' "$log" |
	awk -v title="make run" -f "$root/support/report/terminal.awk"
