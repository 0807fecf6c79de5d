#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# each: xenpv xenpvh
# daytime behind Linux's netback, for clients of this machine: address by DHCP,
# connections one after another and side by side; without a card, a message.
. tests/build/lib.sh

support/xen/guest.py -P >"$W/prepared" || {
	[ $? -ne 77 ] || skip "$(tail -n 1 "$W/prepared")"
	die "no dom0"
}
APP=$UK_ROOT/apps/daytime
{
	grep -v PLAT_KVM "$APP/defconfig"
	echo "CONFIG_PLAT_$(echo "$1" | tr a-z A-Z)=y"
} >"$W/config"
must defconfig UK_DEFCONFIG="$W/config"
must all
python3 tests/xen/net/client.py "$O/daytime_$1-x86_64" || bad=1
verdict
