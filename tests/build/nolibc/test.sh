#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 180
# An image holds of nolibc what it calls and no more: no floating point where
# the option is off, and never what nobody asked for. Nothing needs libgcc.
. tests/build/lib.sh

# linked NAME: is this function in the image?
linked() {
	nm "$O"/*.dbg | grep -qE " [Tt] $1\$"
}

for llvm in '' LLVM=1; do
	must helloworld_defconfig $llvm
	must all $llvm
	for f in printf nolibc_put_double; do
		linked $f || fail "$f is not in the image${llvm:+ of clang}"
	done
	for f in vsnprintf qsort strftime getopt sscanf malloc strtod strcpy; do
		linked $f && fail "$f is in the image${llvm:+ of clang}"
	done
	with=$(size "$O"/*.dbg | awk 'NR == 2 { print $1 }')

	must helloworld_defconfig $llvm
	sed -i '/CONFIG_LIBNOLIBC_FLOAT/d' "$O/.config"
	echo CONFIG_LIBNOLIBC_FLOAT=n >>"$O/.config"
	must all $llvm
	for f in nolibc_put_double nolibc_put_hexfloat nolibc_decimal_next; do
		linked $f && fail "$f is in the image without floating point"
	done
	without=$(size "$O"/*.dbg | awk 'NR == 2 { print $1 }')
	echo "floating point in printf: $((with - without)) bytes"
	[ $((with - without)) -gt 2000 ] || fail "the option saves nothing"
	[ $((with - without)) -lt 6000 ] || fail "more than the help says"

	# What compilers call by themselves: only what core defines.
	for f in nolibc ukbase; do
		nm "$O/lib$f.o" | sed -n 's/^ *U //p' |
			grep -E '^_|^mem' | grep -vxE \
			'memcpy|memmove|memset|memcmp|memchr|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_' |
			sed "s/^/FAIL: lib$f.o needs /" >"$W/needs"
		[ -s "$W/needs" ] && cat "$W/needs" && bad=$((bad + 1))
	done
done
verdict
