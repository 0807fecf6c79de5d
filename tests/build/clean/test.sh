#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 120
# clean, properclean and distclean remove what they say and nothing else.
. tests/build/lib.sh

# With the build folder that O= names, and the configuration inside it.
uk() {
	echo "+ make $*"
	make --no-print-directory -C "$UK_ROOT" O="$O" CCACHE="$CCACHE" "$@" >"$W/out" 2>&1
}
must helloworld_defconfig
must all
must clean
[ -z "$(find "$O" -name '*.o' -o -name '*_kvm-x86_64*')" ] ||
	fail "clean leaves objects or images"
[ -s "$O/.config" ] || fail "clean removes the configuration"
must all
[ -s "$O/helloworld_kvm-x86_64" ] || fail "no image after clean and all"
cp "$O/.config" "$W/config"
must properclean
[ -z "$(find "$O" -type f ! -name '.config*')" ] ||
	fail "properclean leaves: $(find "$O" -type f | head -n 3)"
cmp "$O/.config" "$W/config" || fail "properclean loses the configuration"
must all
must distclean
[ ! -e "$O/.config" ] || fail "distclean leaves the configuration"
[ ! -d "$O" ] || [ -z "$(find "$O" -type f)" ] || fail "distclean leaves files"

# A folder that is not a build folder survives all of them.
mkdir -p "$W/mine"
echo precious >"$W/mine/thesis.o"
O=$W/mine
for goal in clean properclean distclean; do
	uk $goal
	[ -s "$W/mine/thesis.o" ] || die "$goal removed a file that is not ours"
done
verdict
