#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# Too little memory: from the least with which QEMU starts a trivial kernel
# up to plenty, the image either runs or says why not. Never silence, a
# reset or a hang.
. tests/build/lib.sh

must defconfig UK_DEFCONFIG="$APP/defconfig"
must all
gcc -m32 -c tests/perf/trivial.S -o "$W/trivial.o" &&
	ld -m elf_i386 -Ttext 0x100000 -o "$W/trivial" "$W/trivial.o" ||
	die "cannot build the trivial kernel"

for m in pc microvm; do
	runs=0 refused=0 skipped=0
	for kib in 1040 1072 1088 1104 1120 1152 1184 1216 1248 1312 1408 1536 \
		2048 4096; do
		# The firmware itself needs some: not ours to answer for.
		if ! support/run/guest -t 3 -M $m -m ${kib}K "$W/trivial" \
				>"$W/console" 2>&1; then
			skipped=$((skipped + 1))
			continue
		fi
		support/run/guest -t 20 -M $m -m ${kib}K "$O"/*_kvm-x86_64 \
			-- one two >"$W/console" 2>&1
		st=$?
		if [ $st -eq 0 ] && grep -q '"two"' "$W/console"; then
			runs=$((runs + 1))
		elif [ $st -eq 71 ] && grep -q '^Boot refused: ' "$W/console"
		then
			# Not only below the smallest that runs: where the BIOS
			# has its own data at the end of memory, more may be less.
			refused=$((refused + 1))
		else
			cat "$W/console"
			fail "$m: $kib KiB: status $st, or no message"
		fi
	done
	echo "$m: $runs run, $refused are refused, $skipped are QEMU's own"
	[ $runs -gt 0 ] || fail "$m: never runs"
done
verdict
