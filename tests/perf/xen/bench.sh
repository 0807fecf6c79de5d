#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Guests of Xen: what an image needs, and how long a toolstack in the emulated
# dom0 takes from a request to a running guest: xl, xenrun, and shells that were
# made before; the last with ever more domains there.
. tests/perf/lib.sh

support/xen/guest.py -P >"$W/prepared" || {
	tail -n 1 "$W/prepared"
	exit 0
}
# xen_image NAME LINE...: in $W/NAME; prints the path of its PV image
xen_image() {
	name=$1
	shift
	mkdir -p "$W/$name"
	printf '%s\n' CONFIG_PLAT_XENPV=y CONFIG_OPTIMIZE_SIZE=y "$@" \
		>"$W/$name.config"
	in_build "$name" helloworld defconfig UK_DEFCONFIG="$W/$name.config"
	in_build "$name" helloworld all
	echo "$W/$name/helloworld_xenpv-x86_64"
}
# min_mem IMAGE FROM: KiB, in steps of 8
min_mem() {
	kib=$2
	until support/run/guest -t 30 -m "${kib}k" "$1" one \
			>"$W/mem.out" 2>&1 && grep -q '"one"' "$W/mem.out"; do
		kib=$((kib + 8))
		[ $kib -lt 4096 ] || { cat "$W/mem.out" >&2; return 1; }
	done
	echo $kib
}
# figures PREFIX IMAGE BYTES KIB FROM
figures() {
	figure "$1.file_bytes" bytes min "$3" "$(stat -c %s "$2")"
	figure "$1.min_mem_kib" KiB min "$4" "$(min_mem "$2" "$5")"
}
small=$(xen_image none "$(cat tests/perf/helloworld/smallest.config)" \
	CONFIG_LIBUKMEM_MIN_FREE_KIB=64)
figures helloworld.none.xenpv-x86_64 "$small" 32768 208 120
figures helloworld.standard.xenpv-x86_64 "$(xen_image standard \
	'# CONFIG_LIBUKSELFTEST is not set')" 80000 512 320

support/xen/guest.py -t pv -m 32M -T 600 -R tests/perf/xen/dom0.sh "$small" \
	</dev/null >"$W/toolstack"
# took WORD: its samples, in milliseconds
took() {
	awk -v w="$1" '$1 == w { printf "%.1f ", $2 / 1000 }' "$W/toolstack"
}
# shellcheck disable=SC2046 # lists of samples
{
	figure xen.toolstack.xl_ms ms min - $(took xl)
	figure xen.toolstack.alone_ms ms min 60 $(took alone)
	figure xen.toolstack.shell_ms ms min 25 $(took shell)
	figure xen.toolstack.first_50_ms ms min 25 $(took many | cut -d' ' -f1-50)
	figure xen.toolstack.last_50_ms ms min 25 $(took many | tr ' ' '\n' |
		grep . | tail -n 50)
}
