#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Mitigation hvro, from the build to the machine: the file beside the image,
# `make run` without a word about the machine, a new order, and machines that
# lack the device, have another file in it, or one that can be written.
. tests/build/lib.sh

cp "$APP/defconfig" "$W/config"
printf '%s\n' CONFIG_HARDEN_HVRO=y CONFIG_RELINK=y >>"$W/config"
must defconfig UK_DEFCONFIG="$W/config"
must run ARGS=word
said '^Arguments:  "helloworld" "word"'
said '-M q35,.*nvdimm=on .*readonly=on.*-device nvdimm,memdev=ro,unarmed=on'
img=$O/helloworld_kvm-x86_64

# ends STATUS REGEX COMMAND...: how a machine ends, and what it says
ends() {
	want=$1 line=$2
	shift 2
	timeout 30 "$@" >"$W/console" 2>&1
	st=$?
	[ $st -eq "$want" ] && grep -qE -- "$line" "$W/console" || {
		cat "$W/console"
		fail "status $st, want $want and: $line"
	}
}
# The command that guest would run, changed by sed: status 71 is 2 * 71 + 1.
changed() {
	support/run/guest -n "$img" 2>&1 | sed "$1" >"$W/command"
	ends 143 "$2" sh "$W/command"
}

# The file is made from the image, and again if it is missing or older.
cp "$img.ro" "$W/first"
rm "$img.ro"
ends 0 '^Hello' support/run/guest "$img"
cmp "$img.ro" "$W/first" || fail "made from the image it is another file"
printf x | dd of="$img.ro" conv=notrunc status=none
touch -d '2001-01-01' "$img.ro"
ends 0 '^Hello' support/run/guest "$img"

# In a new order the image is another one, and so is the file.
must relink SEED=anything
new=$O/relinked/helloworld_kvm-x86_64
ends 0 '^Hello' support/run/guest "$new"
cmp -s "$new.ro" "$img.ro" && fail "a new order and the same file"

ends 125 'microvm has no nvdimm: use q35' support/run/guest -M microvm "$img"
changed 's/-device nvdimm[^ ]*//' \
	'^Boot refused: hvro: .*this machine has none: start it with support'
changed 's/readonly=on/readonly=off/; s/unarmed=on/unarmed=off/' \
	'^Boot refused: hvro: .* can be written: give QEMU readonly=on'
cmp "$img.ro" "$W/first" || fail "trying to write changed the file"

# A bit of the first byte and of the last that is no zero; too short.
last=$(od -An -v -tx1 -w1 "$W/first" | awk '$1 != "00" { n = NR } END { print n - 1 }')
for at in 0 "$last"; do
	cp "$W/first" "$img.ro"
	printf '\125' | dd of="$img.ro" bs=1 seek="$at" conv=notrunc status=none
	changed '' '^Boot refused: hvro: no nvdimm of this machine holds'
done
truncate -s 4096 "$img.ro"
changed '' '^Boot refused: hvro: no nvdimm of this machine holds'
cp "$W/first" "$img.ro"

must hardening-report
said '^image +hvro +yes, and 3 self-tests at boot'
said '^says +image/hvro: qemu-nvdimm: a store to text or rodata has no effect'

# Off again: no file, no device.
must defconfig UK_DEFCONFIG="$APP/defconfig"
must all
[ ! -e "$img.ro" ] || fail "the file outlives the mitigation"
ends 0 '^Hello' support/run/guest -v "$img"
! grep -q nvdimm "$W/console" || fail "a device that nobody asked for"
verdict
