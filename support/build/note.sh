#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# note.sh BUILD VERSION COMPILER: the image's note as assembly. Name "Redoubt",
# type 1, text, not loaded into memory; its words are in support/report/note.py.
# And, for the .dbg twin only, which library each source belongs to.
set -eu
build=$1 version=$2 compiler=$3
val() {
	sed -n "s/^CONFIG_$1=//p" "$build/kconfig/auto.conf" | tr -d '"'
}

# Libraries that claim the same stand on one line.
claims() {
	awk '{ $1 = $1 }
	     $1 == "claim" { l = $2; $1 = $2 = ""; sub(/^ */, "")
		if (!($0 in libs)) order[++n] = $0
		libs[$0] = libs[$0] " " l }
	     $1 == "plat" { at[$3] = at[$3] " " $2 }
	     $1 == "image" { sub(/^image ?/, ""); print "image=" $0 }
	     $1 ~ /^(exempt|except|unchecked|gap|budget)$/
	     END {
		for (i = 1; i <= n; i++)
			print "claim " order[i] ":" libs[order[i]]
		for (p in at) print "plat " p ":" at[p] | "sort" }' "$build/facts"
}

ports() {
	sed -n 's/^hash //p' "$build/facts" | while read -r lib file; do
		awk -v lib="$lib" '!/^#/ && NF > 3 {
			print "port", lib, $1, $3, $4 }' "$file"
	done
}

lines() {
	sed 's/[\\"]/\\&/g; s/.*/	.ascii "&\\n"/'
}

cat <<EOF
	.section .note.redoubt, "", %note
	.balign 4
	.long 8, 2f - 1f, 1
	.asciz "Redoubt"
1:
EOF
{
	echo "version=$version"
	echo "compiler=$compiler"
	echo "app=$(val UK_APP)"
	echo "profile=$(val HARDENING_PROFILE)"
	echo "taint=$(val UK_TAINT)"
	echo "selftests=$(val LIBUKSELFTEST)"
	# Of the seed, from support/relink; 0: the linker's own order.
	[ -z "$(val RELINK)" ] || printf 'layout=%064d\n' 0
	claims
	ports
	cat "$build/kconfig/minimal.config"
} | lines
cat <<EOF
2:	.balign 4
	.section .redoubt.sources, "", %progbits
EOF
lines <"$build/sources"
echo '	.section .note.GNU-stack, "", %progbits'
