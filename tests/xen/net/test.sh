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
# What the toolstack asks for
for word in poweroff reboot; do
	status=0
	support/xen/guest.py -t "${1#xen}" -m 16M -T 60 -N user -S $word \
		"$O/daytime_$1-x86_64" </dev/null >"$W/console" 2>&1 || status=$?
	case $word in
	poweroff) [ "$status" -eq 0 ] && grep -q 'asks for the end' "$W/console" ;;
	reboot) grep -q '^guest: ended without a status: 1' "$W/console" ;;
	esac || {
		cat "$W/console"
		fail "asked for $word, it ends with status $status"
	}
done
verdict
