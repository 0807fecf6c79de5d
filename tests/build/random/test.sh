#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# each: 1 2
# A random configuration, from a stated seed, builds, boots and passes its
# self-tests; odd seeds with GCC, even ones with Clang. Twenty, or others than
# these: make random N= SEED=.
. tests/build/lib.sh

seed=$1
# What nobody has built before is in no cache, and looking there takes time.
CCACHE=
llvm=
[ $((seed % 2)) -eq 1 ] || llvm=LLVM=1
# A C library of 1,300 files is drawn with one seed in a hundred only, and so
# is what selects it.
case $seed in
*99) ;;
*) export UK_RANDOM_KEEP="LIBMUSL LIBMBEDTLS" ;;
esac
must randconfig $llvm SEED="$seed" UK_DEFCONFIG="$APP/defconfig"
must olddefconfig $llvm
must all $llvm
sed -n 's/^CONFIG_HARDENING_/&/p; s/^CONFIG_OPTIMIZE/&/p' "$O/.config"
boots one two
! grep -q '^CONFIG_LIBUKSELFTEST=y' "$O/.config" ||
	grep -qE '^# selftest: [0-9]+ held, 0 failed' "$W/console" || {
	cat "$W/console"
	fail "not a word of the self-tests"
}
grep -q '^Hello world!' "$W/console" || {
	cat "$W/console"
	fail "the application did not speak"
}
verdict
