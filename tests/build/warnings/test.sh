#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# Everything in the tree at once, but musl and mbedTLS with their 1,400 files,
# compiles with both compilers, and at each optimisation with one, without a
# warning.
. tests/build/lib.sh
# Flags that no other test has: in no cache, and looking there takes time.
CCACHE=

# All libraries and platforms: every option of the tree that can be y.
CONFIG=$W/all.config
for llvm in '' LLVM=1; do
	must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
	# The third, for size, is what all other tests build with.
	for opt in $([ -z "$llvm" ] && echo NONE || echo PERF); do
		{
			echo '# CONFIG_DEBUG_SYMBOLS is not set'
			echo CONFIG_PLAT_KVM=y
			echo CONFIG_PLAT_LINUXU=y
			[ $opt = PERF ] || echo CONFIG_OPTIMIZE_$opt=y
			sed -nE 's/^# (CONFIG_LIB[A-Z0-9]+) is not set/\1=y/p' \
				"$O/.config" | grep -vE 'LIBMUSL|LIBMBEDTLS|LIBUKTLS'
		} | sort -u >"$CONFIG"
		# Some exclude each other; what is left is what goes together.
		cp "$CONFIG" "$O/.config"
		must olddefconfig $llvm
		must all $llvm
		! grep -nE 'warning:' "$W/out" || fail "${llvm:-GCC} $opt warns"
		[ "$(grep -c '^CONFIG_LIB[A-Z0-9]*=y' "$O/.config")" -ge 5 ] ||
			fail "hardly any library is on"
	done
done
verdict
