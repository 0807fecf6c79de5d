#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 600
# Optimising across libraries builds and boots with both compilers, for speed
# and for size, without and with all mitigations; what the compiler would leave
# behind at the link is there.
. tests/build/lib.sh
# Flags that no other test has: in no cache, and looking there takes time.
CCACHE=

app helloworld
cat >>"$APP/main.c" <<'END'

volatile int lto_table[7];
__attribute__((noinline)) static int lto_pick(int i, int j)
{
	return lto_table[i] * j;
}
__attribute__((constructor)) static void lto_call(void)
{
	lto_table[0] = lto_pick(lto_table[1], lto_table[2]);
}
END

# pick REGEX: an instruction of that function, as objdump writes it
pick() {
	objdump -d --no-show-raw-insn "$O"/*.dbg |
		sed -n '/<lto_pick>:/,/^$/p' >"$W/pick"
	grep -qE -- "$1" "$W/pick"
}

for llvm in '' LLVM=1; do
	for kind in NONE:SIZE STRICT:PERF; do
		profile=${kind%:*} optimise=${kind#*:}
		what="${llvm:-GCC} $kind"
		rm -rf "$O"
		printf 'CONFIG_%s=y\n' PLAT_KVM OPTIMIZE_LTO "OPTIMIZE_$optimise" \
			"HARDENING_PROFILE_$profile" EXPERT HARDENING_GAPS \
			>"$W/lto.config"
		must defconfig $llvm UK_DEFCONFIG="$W/lto.config"
		must all $llvm
		boots
		grep -q '^Hello world!' "$W/console" || fail "$what: does not boot"
		pick 'ret' || fail "$what: the function to look at is not there"
		[ "$profile" = STRICT ] || continue
		must hardening-check $llvm PROFILE=strict
		pick 'ud[12]' || fail "$what: an index is not checked"
	done
done
verdict
