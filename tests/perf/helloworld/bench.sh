#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# What an image costs that does next to nothing: helloworld with profile
# standard, and the smallest one, each held against its limit.
. tests/perf/lib.sh

RUNS=${BENCH_RUNS:-10}
gcc -m32 -c tests/perf/trivial.S -o "$W/trivial.o"
ld -m elf_i386 -Ttext 0x100000 -o "$W/trivial" "$W/trivial.o"

boot() {
	$1 support/run/guest -p kvm -t "$2" -M pc -m "$3" "$4" -- one two
}

# The smallest -m that boots, in KiB: up in steps of 4 from where QEMU's own
# firmware starts a kernel at all. No halving: with some sizes the BIOS puts
# its data where the image is, so that more may be less.
firmware_min() {
	low=512 high=2048
	while [ $((high - low)) -gt 4 ]; do
		mid=$(((low + high) / 8 * 4))
		if boot "" 4 ${mid}K "$W/trivial" >/dev/null 2>&1; then
			high=$mid
		else
			low=$mid
		fi
	done
	echo $high
}
min_mem() {
	kib=$FIRMWARE_KIB
	until boot "" 20 ${kib}K "$1" >"$W/mem.out" 2>&1 &&
	      grep -q '"two"' "$W/mem.out"; do
		kib=$((kib + 4))
		[ $kib -lt 16384 ] || { cat "$W/mem.out" >&2; return 1; }
	done
	echo $kib
}

# Wall time of the image over that of a kernel that stops at once, in turns.
boot_ms() {
	: >"$W/image.us"
	: >"$W/trivial.us"
	i=0
	while [ $i -lt "$RUNS" ]; do
		boot us 20 64M "$W/trivial" >>"$W/trivial.us"
		boot us 20 64M "$1" >>"$W/image.us"
		i=$((i + 1))
	done
	awk -v base="$(sort -n "$W/trivial.us" | head -n 1)" \
		'{ printf "%.3f ", ($1 - base) / 1000 }' "$W/image.us"
}

# insns IMAGE COLUMN: three times, to show that they are the same
insns() {
	for i in 1 2 3; do
		sh tests/perf/insn.sh "$W" "$1" pc calibrate timer_calibrate \
			-- one two | cut -d' ' -f"$2"
	done | tr '\n' ' '
}

# figures PREFIX IMAGE INSTRUCTIONS BYTES KIB MS
# shellcheck disable=SC2046 # lists of samples
figures() {
	figure "$1.insns_entry_main" insns min "$3" $(insns "$2" 1)
	figure "$1.insns_clock" insns min - $(insns "$2" 2)
	figure "$1.file_bytes" bytes min "$4" "$(stat -c %s "$2")"
	figure "$1.min_mem_kib" KiB min "$5" "$(min_mem "$2")"
	figure "$1.boot_ms" ms min "$6" $(boot_ms "$2")
}

# seconds of the whole build, and of one that has nothing to do
timed_build() {
	us make -C "$PWD" A="$PWD/apps/$1" O="$W/cold" C="$W/cold/.config" all |
		awk '{ print $1 / 1e6 }'
}
# build_times PREFIX APPLICATION: from nothing, without a compiler cache
build_times() {
	mkdir -p "$W/cold"
	in_build cold "$2" defconfig
	figure "$1.build_cold_s" s min - "$(timed_build "$2")"
	figure "$1.build_warm_s" s min 1 $(for i in 1 2 3; do
		timed_build "$2"
	done)
}

FIRMWARE_KIB=$(firmware_min)
figure trivial.none.kvm-x86_64.min_mem_kib KiB min - "$FIRMWARE_KIB"
p=helloworld.standard.kvm-x86_64
tested=$(image tested helloworld CONFIG_LIBUKSELFTEST=y)
img=$(image standard helloworld '# CONFIG_LIBUKSELFTEST is not set')
figures $p "$img" 60000 90000 1200 10
# shellcheck disable=SC2046
figure $p.insns_with_selftest insns min - $(insns "$tested" 1)
figure $p.file_bytes_with_selftest bytes min - "$(stat -c %s "$tested")"
build_times $p helloworld

img=$(image none helloworld "$(cat tests/perf/helloworld/smallest.config)")
figures helloworld.none.kvm-x86_64 "$img" 20000 48000 1100 5
