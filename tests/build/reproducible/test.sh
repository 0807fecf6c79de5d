#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 500
# The same input gives the same bits: two trees in two places, two build
# folders, another user name, time zone, locale, time and number of jobs.
. tests/build/lib.sh

CCACHE=
# build TREE BUILD-FOLDER SETTING...
build() {
	where=$1 out=$2
	shift 2
	tree "$where"
	printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_PLAT_LINUXU=y >"$where/defconfig"
	env "$@" make -C "$where" A="$where/apps/helloworld" \
		O="$out" C="$out/.config" $llvm $jobs CCACHE= \
		defconfig all UK_DEFCONFIG="$where/defconfig" \
		>"$W/out" 2>&1 || {
		tail -n 40 "$W/out"
		die "the build in $where failed"
	}
}

for llvm in '' LLVM=1; do
	rm -rf "$W"/a "$W"/b
	jobs=-j1
	build "$W/a" "$W/a/out" LC_ALL=C TZ=UTC
	jobs=-j3
	build "$W/b/another/place" "$W/b/elsewhere" LC_ALL=C.UTF-8 \
		TZ=Asia/Tokyo USER=someone HOME=/nonexistent SOURCE_DATE_EPOCH=1
	for plat in kvm linuxu; do
		a=$W/a/out/helloworld_$plat-x86_64
		b=$W/b/elsewhere/helloworld_$plat-x86_64
		[ -s "$a" ] || fail "there is no image for $plat"
		cmp "$a" "$b" || fail "${llvm:-GCC}: two images for $plat"
		cmp "$a.dbg" "$b.dbg" ||
			fail "${llvm:-GCC}: two .dbg twins for $plat"
		! grep -aq "$W" "$a" "$a.dbg" ||
			fail "${llvm:-GCC}: a path of this machine in $plat"
	done
done
verdict
