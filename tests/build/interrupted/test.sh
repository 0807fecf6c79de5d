#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# A build that is killed leaves nothing that is later taken for whole: after
# any number of interruptions the result is that of one quiet build.
. tests/build/lib.sh

# A tree of its own: nobody edits it meanwhile.
tree

must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
cp "$O/.config" "$W/config"
must all
cp "$O/helloworld_kvm-x86_64" "$W/reference"
total=$(find "$O" -name '*.o' | wc -l)

# Kill the build when it has made n objects; without the compiler cache, so
# that there is something to interrupt.
CCACHE=
rm -rf "$O"
mkdir -p "$O"
cp "$W/config" "$O/.config"
kills=0
for n in 1 4 9 16 25 36 49 64; do
	[ "$n" -lt "$total" ] || break
	setsid make -C "$UK_ROOT" A="$APP" O="$O" C="$O/.config" CCACHE= -j3 \
		all >"$W/out" 2>&1 &
	pid=$!
	while kill -0 $pid 2>/dev/null &&
	      [ "$(find "$O" -name '*.o' 2>/dev/null | wc -l)" -lt "$n" ]; do
		sleep 0.02
	done
	sig=KILL
	[ $((n % 2)) -eq 0 ] || sig=INT
	kill -$sig -$pid 2>/dev/null && kills=$((kills + 1))
	wait $pid
	kill -KILL -$pid 2>/dev/null
	for o in $(find "$O" -name '*.o' -newer "$W/config"); do
		readelf -hS "$o" >/dev/null 2>&1 || fail "half a file: $o"
	done
done
echo "interrupted $kills times"
[ "$kills" -ge 3 ] || fail "could not interrupt the build"
must all
cmp "$O/helloworld_kvm-x86_64" "$W/reference" ||
	fail "the interrupted build gives another image"

boots
left=$(find "$O" -name '*.new' -o -name '*.r' | head -n 3)
[ -z "$left" ] || fail "leftovers after a full build: $left"
verdict
