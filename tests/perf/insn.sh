#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# insn.sh DIR IMAGE MACHINE [FUNCTION]... [-- WORD...]
# Prints two numbers: guest instructions from the entry point up to main, and
# those of calls of the named functions, counted apart (an image may lack
# them). DIR keeps the plugin, IMAGE.dbg has the symbols. MACHINE "user": a
# static program of Linux's, by QEMU's user emulation.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1 image=$2 machine=$3
shift 3

# The number of QEMU's plugin interface is not to be asked for: try them.
plugin=$dir/insn.so
if [ ! -e "$plugin" ] || [ "$here/insn.c" -nt "$plugin" ]; then
	cc=${HOSTCC:-gcc}
	for api in 1 2 3 4 5; do
		$cc -shared -fPIC -O2 -Wall -Wextra -DPLUGIN_API=$api \
			-fvisibility=hidden -o "$plugin.new" "$here/insn.c"
		if echo quit | timeout 10 qemu-system-x86_64 -M none \
			-display none -monitor stdio >/dev/null 2>&1 \
			-plugin "$plugin.new,from=1,to=1,out=/dev/null"
		then
			mv "$plugin.new" "$plugin"
			break
		fi
	done
	[ -e "$plugin" ] || {
		echo "insn: this QEMU takes no plugin of ours" >&2
		exit 1
	}
fi

symbol() {
	readelf -sW "$image.dbg" | awk -v n="$1" \
		'($4 == "FUNC" || n ~ /_moved$/) && $8 == n { print "0x" $2; exit }'
}
entry=$(symbol "${INSN_FROM:-kvm_entry}")
main=$(symbol "${INSN_TO:-main}")
[ -n "$entry" ] && [ -n "$main" ] || {
	echo "insn: no kvm_entry or no main in $image.dbg" >&2
	exit 1
}
moved=$(symbol pvh_moved)
args=from=$entry,to=$main,out=$dir/insn.out${moved:+,moved=$moved}
while [ $# -gt 0 ] && [ "$1" != -- ]; do
	f=$(symbol "$1")
	args=$args${f:+,apart=$f}
	shift
done
rm -f "$dir/insn.out"
# INSN_ICOUNT= for a guest that talks to the host: its clock is the host's then.
icount=${INSN_ICOUNT-shift=0,sleep=off}
if [ "$machine" = user ]; then
	qemu-x86_64 -cpu max -plugin "$plugin,$args" "$image" \
		>"$dir/insn.log" 2>&1 || {
		cat "$dir/insn.log" >&2
		exit 1
	}
	cat "$dir/insn.out"
	exit
fi
# shellcheck disable=SC2086 # options
"$here/../../support/run/guest" -p kvm -t 60 -M "$machine" \
	${icount:+-k icount=$icount} ${INSN_OPTIONS:-} \
	-k plugin="$plugin,$args" \
	"$image" "$@" >"$dir/insn.log" 2>&1 || {
	cat "$dir/insn.log" >&2
	exit 1
}
cat "$dir/insn.out"
