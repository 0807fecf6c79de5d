#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# An arm64 image of profile strict, with Clang: it boots, its report misses
# nothing that it can prove, its loader finds a Linux kernel, a CPU that cannot
# keep its promises is refused, and without semihosting it says its status and
# switches off.
. tests/build/lib.sh

echo CONFIG_ARCH_ARM64=y | cat "$APP/defconfig" - >"$W/config"
echo CONFIG_HARDENING_PROFILE_STRICT=y >>"$W/config"
must defconfig UK_DEFCONFIG="$W/config" LLVM=1
must all LLVM=1
image=$O/helloworld_kvm-arm64

# run STATUS PATTERN OPTION...: a boot that ends so, and says so
run() {
	want=$1 pattern=$2 status=0
	shift 2
	support/run/guest -t 30 "$@" "$image" -- x >"$W/console" 2>&1 ||
		status=$?
	[ "$status" -eq "$want" ] && grep -qE -- "$pattern" "$W/console" || {
		cat "$W/console"
		fail "status $status, not $want, or no line says: $pattern"
	}
}
run 0 'Arguments:  "helloworld" "x"'
grep -q '^ok .* pac: an overwritten' "$W/console" ||
	fail "no self-test of pac at boot"
run 71 '^Boot refused: this CPU does not look at branch targets' \
	-k cpu=neoverse-n1

magic=$(dd if="$image.bin" bs=1 skip=56 count=4 2>/dev/null)
[ "$magic" = ARMd ] || fail "no header of a Linux kernel: '$magic'"

# Whatever a loader leaves out of what guest() passes.
timeout 30 qemu-system-aarch64 -M virt -cpu max -m 64M -nodefaults \
	-display none -serial "file:$W/console" -no-reboot \
	-kernel "$image.bin" || fail "QEMU did not end by itself: $?"
grep -q '^kvm: exit status 0' "$W/console" || {
	cat "$W/console"
	fail "the status is not said where nobody takes it"
}

must hardening-report LLVM=1
grep -q '^NO      ' "$W/out" && {
	grep '^NO' "$W/out"
	fail "claims are not proved"
}
said '^image    bti +yes'
said '^libnolibc .* yes [0-9]+ '
uk hardening-check PROFILE=standard LLVM=1 &&
	fail "the check takes a claim that has no proof on this CPU"
said 'claims zero-init, which is not proved'
verdict
