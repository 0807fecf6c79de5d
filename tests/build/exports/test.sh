#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 120
# exportsyms.uk: what it names stays global, everything else becomes local,
# so two libraries may use the same inner names; a library without the file
# keeps all names.
. tests/build/lib.sh

app helloworld
for l in one two; do
	mkdir -p "$W/$l"
	u=$(echo $l | tr a-z A-Z)
	printf '$(eval $(call addlib,lib%s))\nLIB%s_SRCS-y += $(LIB%s_BASE)/a.c $(LIB%s_BASE)/b.c\n' \
		$l "$u" "$u" "$u" >"$W/$l/Makefile.uk"
	printf 'int inner(void);\nint inner(void) { return %d; }\n' \
		${#u}${#l} >"$W/$l/a.c"
	printf 'int inner(void);\nint %s(void);\nint %s(void) { return inner(); }\n' \
		$l $l >"$W/$l/b.c"
	printf '# names that stay\n%s\n' $l >"$W/$l/exportsyms.uk"
done
LIBS=$W/one:$W/two
sed -i 's|^#include <uk/config.h>|&\nint one(void); int two(void);|
	s|^	printf("Hello world!|	if (one() != two())\n\t\treturn 9;\n&|' \
	"$APP/main.c"
for llvm in '' LLVM=1; do
	must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
	must all $llvm
	boots
	for l in one two; do
		nm "$O/lib$l.o" | grep -q " t inner$" ||
			fail "inner of lib$l is not local"
		nm "$O/lib$l.o" | grep -q " T $l$" ||
			fail "$l is not global in lib$l"
	done
done
# Every library of ours with such a file exports nothing that it leaves out, but
# what Clang says of the types of functions.
for f in */*/exportsyms.uk; do
	grep -v '^#' "$f" | sed '/^$/d' | LC_ALL=C sort -u >"$W/may"
	for lib in $(sed -nE 's/.*addlib(_s)?, *([a-z0-9_]+).*/\2/p' \
			"${f%/*}/Makefile.uk"); do
		[ -e "$O/$lib.o" ] || continue
		nm -g --defined-only "$O/$lib.o" | awk '{ print $3 }' |
			grep -v '^__kcfi_typeid_' | LC_ALL=C sort -u | comm -23 - "$W/may" >"$W/more"
		[ ! -s "$W/more" ] || fail "$lib exports more than $f:" \
			"$(tr '\n' ' ' <"$W/more")"
	done
done
# Without the files the two inner names meet.
rm "$W/one/exportsyms.uk" "$W/two/exportsyms.uk"
uk all && fail "two global names 'inner' are linked"
said "multiple definition of .inner|duplicate symbol: inner"
verdict
