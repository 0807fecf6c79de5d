#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# Sectors out and in through Linux's blkback, on both kinds of guest; without a
# disk, a message.
. tests/build/lib.sh

support/xen/guest.py -P >"$W/prepared" || {
	[ $? -ne 77 ] || skip "$(tail -n 1 "$W/prepared")"
	die "no dom0"
}
APP=$UK_ROOT/tests/boot/virtio-blk
printf '%s\n' CONFIG_PLAT_XENPV=y CONFIG_PLAT_XENPVH=y >"$W/config"
must defconfig UK_DEFCONFIG="$W/config"
must all
dd if=/dev/zero of="$W/disk" bs=1024 count=1024 2>/dev/null
# uses TYPE STATUS PATTERN OPTION...
uses() {
	type=$1 want=$2 pattern=$3
	shift 3
	status=0
	support/xen/guest.py -t "$type" -T 60 "$@" \
		"$O/virtio-blk_xen$type-x86_64" </dev/null >"$W/console" 2>&1 ||
		status=$?
	[ "$status" -eq "$want" ] && grep -q "$pattern" "$W/console" &&
		! grep -q '^failed' "$W/console" || {
		cat "$W/console"
		fail "$type $*: it ends with status $status"
	}
}
uses pv 0 '^blk: done$' -b "$W/disk"
uses pvh 0 '^blk: done$' -b "$W/disk"
uses pv 3 '^blk: no disk$' -x
verdict
