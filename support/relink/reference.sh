#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# reference.sh IMAGE LAYOUT OUT: what relink does with a table, done by the
# linker that made the image, from its objects: the reference that relink is
# compared with. GNU ld puts every piece exactly where LAYOUT (relink -m) has
# it; lld takes the functions in that order and places them itself. Writes OUT,
# a .dbg twin; with PRINT=1 only what the linker reads, and prints its command.
set -eu
image=$1 layout=$2 out=$3
here=$(cd "$(dirname "$0")" && pwd)
# The link as the build recorded it, with other files
link=$(sed -n '1s/^CMD_[^ ]* := //; 1s/ && .*//p' "$image.dbg.cmd")
more=
case $link in
*ld.lld*)
	awk -v names=1 -f "$here/reference.awk" "$layout" "$image.map" \
		"$image.lds" >"$out.order"
	cp "$image.lds" "$out.lds"
	more="--symbol-ordering-file $out.order --no-warn-symbol-ordering"
	;;
*)
	awk -f "$here/reference.awk" "$layout" "$image.map" "$image.lds" \
		>"$out.lds"
	;;
esac
link=$(printf '%s\n' "$link" | sed "s, -T[^ ]*, -T$out.lds,
	s, -Map=[^ ]*, -Map=$out.map,; s, -o [^ ]*, -o $out $more,")
if [ -n "${PRINT:-}" ]; then
	printf '%s\n' "$link"
else
	$link
fi
