#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# alone
# A second make does nothing, says so in one line an image, within a second.
. tests/build/lib.sh

# A tree of its own: nobody edits it meanwhile.
tree

for llvm in '' LLVM=1; do
	O=${O%/*}/o${llvm%=*}
	rm -rf "$O"
	must defconfig $llvm UK_DEFCONFIG="$APP/defconfig $BARE"
	must all $llvm
	best=99999
	for i in 1 2 3; do
		t=$(date +%s%N)
		must all $llvm
		t=$((($(date +%s%N) - t) / 1000000))
		[ "$t" -lt "$best" ] && best=$t
		[ -z "$(steps)" ] || fail "rebuilt: $(steps)"
	done
	echo "nothing to do, ${llvm:-GCC}: $best ms"
	[ "$best" -le 1000 ] || fail "$best ms for nothing; 1000 are allowed"
	n=$(wc -l <"$W/out")
	[ "$n" -le 5 ] || fail "$n lines to say that nothing was done"
done
verdict
