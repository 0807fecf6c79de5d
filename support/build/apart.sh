#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# apart.sh LDS OUT "SCAN" "LINK": mitigation bytes. A distance, from one function
# to another or to its data, may look like a forbidden instruction by chance; in
# a large image one mostly does. OUT is scanned; a function with such bytes goes
# to the front of its library, with a gap behind it, and OUT is linked again, by
# LINK, which reads LDS.wide. What is there at three places in turn is in the code
# itself: then, or after so many tries, the scan's words are the error.
set -u
lds=$1 out=$2 scan=$3 link=$4
tries=12 found= before= same=0
while ! said=$($scan "$out" 2>&1); do
	tries=$((tries - 1))
	now=$(echo "$said" | sed 's/ (0x[0-9a-f]*)$//')
	if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
	before=$now
	[ $same -lt 2 ] || tries=0
	names=$(echo "$said" | sed -n 's/.* at \([A-Za-z0-9_.$]*\)()*+.*/\1/p')
	if [ -z "$names" ] || [ $tries -eq 0 ]; then
		echo "$said" >&2
		exit 1
	fi
	found=$(printf '%s\n' $found $names | awk '!seen[$0]++')
	# shellcheck disable=SC2086 # a word each
	awk -v names="$(echo $found)" -v gap=$((16 * (12 - tries))) '
	BEGIN {
		n = split(names, name, " ")
		for (i = 1; i <= n; i++)
			list = list " .text." name[i]
	}
	/^\t\.text :/ { inside = 1 }
	/^\t}/ { inside = 0 }
	inside && /^\t\t\*[^ ]*\(\.text/ {
		file = $1
		sub(/\(.*/, "", file)
		printf "\t\t%s(%s)\n\t\t. = . + %d;\n", file, list, gap
	}
	{ print }' "$lds" >"$lds.wide" || exit 1
	eval "$link" || exit 1
done
[ -z "$found" ] || rm -f "$lds.wide"
