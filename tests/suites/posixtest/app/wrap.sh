#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# wrap.sh DIR ORIGIN CASES...: a file for each case, in which its main has a
# name of its own, and the table of them. What is as it was stays as it is.
set -eu
dir=$1 origin=$2
shift 2
mkdir -p "$dir/new"
awk -v dir="$dir/new" -v origin="$origin" '
	!/^#/ {
		for (i = 2; i <= NF; i++) {
			fn = "pts_" $1 "_" $i
			gsub(/-/, "_", fn)
			file = dir "/" $1 "-" $i ".c"
			printf("#define main __attribute__((externally_visible)) %s\n" \
			       "#include \"%s/%s/%s.c\"\n", fn, origin, $1, $i) >file
			close(file)
			protos = protos "int " fn "();\n"
			rows = rows "	{ \"" $1 "-" $i "\", " fn " },\n"
		}
	}
	END {
		printf("#include \"main.h\"\n%s\n" \
		       "const struct pts_case pts_cases[]\n" \
		       "	__attribute__((externally_visible)) = {\n%s" \
		       "	{ 0, 0 }\n};\n", protos, rows) >(dir "/table.c")
	}' "$@"
for f in "$dir/new"/*; do
	cmp -s "$f" "$dir/${f##*/}" || mv "$f" "$dir/"
done
rm -rf "$dir/new"
touch "$dir/made"
