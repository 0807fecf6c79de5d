#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# inspect.sh IMAGE: what a finished image says of itself: the text of its note
# (version, compiler, profile, taint, minimal configuration). Needs no tree.
set -eu
if [ ! -f "${1:-}" ]; then
	echo "inspect: IMAGE= names no file: '${1:-}'" >&2
	exit 2
fi
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
objcopy -O binary --only-section=.note.redoubt \
	--set-section-flags .note.redoubt=alloc,contents "$1" "$tmp" 2>/dev/null
if [ ! -s "$tmp" ]; then
	echo "inspect: $1 has no Redoubt note" >&2
	exit 1
fi
# Past the header: three words and the name "Redoubt".
tail -c +21 "$tmp" | tr -d '\000'
