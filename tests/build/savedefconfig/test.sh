#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# savedefconfig gives the shortest file, which gives the same configuration
# when it is loaded again. Every defconfig of the tree is that file, besides
# comments. With Clang, which can do every profile.
. tests/build/lib.sh

n=0
for d in apps/*/defconfig tests/boot/*/defconfig; do
	[ -e "$d" ] || continue
	APP=$UK_ROOT/${d%/defconfig}
	must defconfig LLVM=1 UK_DEFCONFIG="$UK_ROOT/$d"
	cp "$O/.config" "$W/first"
	must savedefconfig LLVM=1 OUT="$W/saved"
	must defconfig LLVM=1 UK_DEFCONFIG="$W/saved"
	cmp "$O/.config" "$W/first" ||
		fail "$d: another configuration after saving"
	grep -E '^(CONFIG_|# CONFIG_[A-Z0-9_]+ is not set$)' "$UK_ROOT/$d" |
		LC_ALL=C sort >"$W/want"
	grep -v '^$' "$W/saved" | LC_ALL=C sort | diff - "$W/want" ||
		fail "$d: not the shortest (<), see make savedefconfig"
	n=$((n + 1))
done
[ "$n" -gt 0 ] || fail "no defconfig found"
verdict
