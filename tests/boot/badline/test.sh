#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# Command lines that nobody should write: too long, too many words, all byte
# values, quotes that do not end. Taken or refused with a message, on every
# machine; never silence, a crash or a cut line.
. tests/build/lib.sh

printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_PLAT_LINUXU=y >"$W/defconfig"
must defconfig UK_DEFCONFIG="$W/defconfig"
must all

# repeat N TEXT
repeat() {
	head -c "$1" /dev/zero | tr '\0' x | sed "s/x/$2/g"
}
# line MACHINE TEXT WANTED-STATUS REGEX WHAT
line() {
	case $1 in
	linuxu) set -- "$@" "$O"/helloworld_linuxu-x86_64 ;;
	*) set -- "$@" "$O"/helloworld_kvm-x86_64 ;;
	esac
	on=
	[ "$1" = linuxu ] || on="-M $1"
	# A process gets its words apart.
	# shellcheck disable=SC2086
	if [ "$1" = linuxu ]; then
		set -f; support/run/guest -t 30 "$6" -- $2 >"$W/raw" 2>&1
	else
		support/run/guest -t 30 $on "$6" -- "$2" >"$W/raw" 2>&1
	fi
	st=$?
	tr -d '\r' <"$W/raw" >"$W/console"
	[ $st -eq "$3" ] || {
		tail -n 4 "$W/console" | cut -c1-200
		fail "$1, $5: status $st, not $3"
	}
	LC_ALL=C grep -aqE -- "$4" "$W/console" || {
		tail -n 4 "$W/console" | cut -c1-200
		fail "$1, $5: no line says: $4"
	}
}

# All bytes but NUL, line end and what quoting means.
bytes=$(LC_ALL=C awk 'BEGIN { for (i = 1; i < 256; i++)
	if (i != 10 && i != 32 && i != 34 && i != 39 && i != 92)
		printf "%c", i }')
for m in microvm q35 linuxu; do
	# The longest that is taken has 4095 bytes; it is not cut.
	line $m "$(repeat 4094 a)Z" 0 'aaaaZ"$' "4095 bytes"
	line $m "$(repeat 4096 a)" 71 'refused: .*(4095|longer)' "4096 bytes"
	# With more, QEMU's BIOS hangs before any kernel starts; microvm has
	# none. tests/boot/badinfo gives pc 64 KiB past its BIOS.
	most=65536
	[ $m != q35 ] || most=8192
	line $m "$(repeat $most a)" 71 'refused: .*(4095|longer)' "$most bytes"
	line $m "$(repeat 2000 'a ')" 64 '^[A-Z].*(words|arguments)' "2000 words"
	line $m "$bytes" 0 'Arguments' "all bytes"
	line $m '"no end' 64 '^[A-Z].*quot' "an open quote"
	line $m 'nosuchlib.x=1 --' 64 'nosuchlib' "an unknown library"
	line $m 'debug.nosuch=1 --' 64 'nosuch' "an unknown parameter"
done
verdict
