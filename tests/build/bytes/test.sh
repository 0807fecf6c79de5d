#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# each: gcc clang
# An image with the bytes of an instruction that unprotects, in a constant or
# in a function that does not own it, is not built: function, offset and bytes
# are told. Without the mitigation it is, and the constant is jumped into. A
# function that its library names may have them, and the report shows it; and
# a finished image is searched as well.
. tests/build/lib.sh

llvm=
[ "$1" = gcc ] || llvm=LLVM=1
here=$UK_ROOT/tests/build/bytes
app helloworld
cp "$here/main.c" "$APP/main.c"
config() {
	printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_EXPERT=y \
		CONFIG_HARDENING_CUSTOM=y CONFIG_RELINK=y CONFIG_HARDEN_KCFI=n \
		"$@" >"$W/config"
	must defconfig $llvm UK_DEFCONFIG="$W/config"
}

config CONFIG_HARDEN_BYTES=y
uk all $llvm && fail "an image with a stray mov to cr0 is built"
said 'cr0: bytes 0f 22 c0 at checksum\(\)\+0x[0-9a-f]+ '
[ ! -e "$O/helloworld_kvm-x86_64" ] || fail "refused, and there"

config CONFIG_HARDEN_BYTES=n
must all $llvm
boots
grep -q '^SURVIVED' "$W/console" || fail "the constant cannot be jumped into"
# The finished image, whoever made it
/usr/bin/python3 support/report/forbidden.py "$O"/*_kvm-x86_64.dbg 2>"$W/out" &&
	fail "a finished image with a stray mov to cr0 passes"
said 'cr0: bytes 0f 22 c0 at checksum'

# By name, with a reason, it may; and no other.
cat >>"$APP/Makefile.uk" <<'END'
APPHELLOWORLD_HARDEN_EXCEPT_BYTES := checksum: a constant that is known
END
config CONFIG_HARDEN_BYTES=y
must all $llvm
must hardening-report $llvm
said 'except *apphelloworld/bytes: checksum: a constant that is known'
for seed in one two three; do
	must relink $llvm SEED=$seed
	/usr/bin/python3 support/report/forbidden.py --facts "$O/facts" \
		"$O"/relinked/*_kvm-x86_64.dbg || fail "a relinked image has stray bytes"
done
echo 'APPHELLOWORLD_CFLAGS-y += -DPLANTED' >>"$APP/Makefile.uk"
uk all $llvm && fail "an image with a stray wrmsr is built"
said 'wrmsr: bytes 0f 30 at main\(\)|wrmsr: bytes 0f 30 at planted\(\)'
verdict
