#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# Boot information that lies: each lie that matters is refused with status 71
# and a sentence, and no lie, not even a random one, leads to silence, a
# reset or a hang.
. tests/build/lib.sh

must defconfig UK_DEFCONFIG="$APP/defconfig"
must all
img=$O/helloworld_kvm-x86_64
here=tests/boot/badinfo
for f in chain.c start.S; do
	gcc -m32 -std=gnu17 -O1 -Wall -Wextra -Werror -ffreestanding -fno-pic \
		-fno-stack-protector -fno-asynchronous-unwind-tables \
		-mgeneral-regs-only -c $here/$f -o "$W/$f.o" ||
		die "the loader does not build"
done
ld -m elf_i386 -Ttext 0x4000000 -o "$W/chain" "$W/start.S.o" "$W/chain.c.o" ||
	die "the loader does not link"

# lie MACHINE WORD: boot with it; status in $st, console in $W/console
lie() {
	support/run/guest -p kvm -M "$1" -m 128M -t 20 -k initrd="$img" \
		"$W/chain" -- "lie=$2" >"$W/console" 2>&1
	st=$?
}
wrong() {
	cat "$W/console"
	fail "$*"
}

for m in microvm pc; do
	lie $m none
	[ $st -eq 0 ] && grep -q '"two"' "$W/console" ||
		wrong "$m: the loader itself does not work: $st"
	# What an image cannot do without: refused, and said why.
	for l in magic null pointer version nomap hugemap manymaps nullmap \
		farmap edgemap wrap overlap same little elsewhere \
		farline edgeline longline endless; do
		lie $m $l
		[ $st -eq 71 ] || wrong "$m: $l ends with status $st, not 71"
		grep -qE "^Boot refused: .{20}" "$W/console" ||
			wrong "$m: $l is refused without a sentence"
	done
	# What it can ignore, and bytes that are wrong at random.
	n=0 refused=0
	for l in modules rsdp reserved $(seq -f 'rnd%g' 1 20); do
		lie $m "$l"
		case $st in
		0) ;;
		64 | 71) refused=$((refused + 1)) ;;
		*) wrong "$m: $l ends with status $st" ;;
		esac
		[ -s "$W/console" ] || fail "$m: $l: silence"
		n=$((n + 1))
	done
	echo "$m: $refused of $n refused"
done
verdict
