#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# What a configuration asks for and cannot get is an error that names the
# symbol, the file and line that asked, and the reason; nothing is written.
# Each *.config here says on its first lines what has to be in the message.
. tests/build/lib.sh

n=0
here=$UK_ROOT/tests/build/impossible
for c in "$here"/*.config; do
	name=${c##*/}
	rm -rf "$O"
	if uk defconfig UK_DEFCONFIG="$c"; then
		fail "$name is taken"
		grep -E "$(sed -n 's/^\(CONFIG_[A-Z0-9_]*\)=.*/^\1=/p' "$c" |
			paste -sd'|')" "$O/.config"
		continue
	fi
	[ ! -e "$O/.config" ] || fail "$name: refused, but written"
	sed -n 's/^# says: //p' "$c" >"$W/says"
	[ -s "$W/says" ] || fail "$name does not say what it expects"
	while IFS= read -r line; do
		grep -qE -- "$line" "$W/out" || {
			cat "$W/out"
			fail "$name: no line says: $line"
		}
	done <"$W/says"
	n=$((n + 1))
done
[ "$n" -ge 12 ] || fail "only $n impossible configurations are tried"

# The same for a .config that was edited by hand, when it is built.
must defconfig UK_DEFCONFIG="$UK_ROOT/apps/helloworld/defconfig"
must all
echo 'CONFIG_NO_SUCH_OPTION=y' >>"$O/.config"
uk all && fail "a .config with an unknown option is built"
said 'CONFIG_NO_SUCH_OPTION is defined by no Config.uk'
echo "$n refused"
verdict
