#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# each: gcc clang
# Too little memory: the image works, or it is refused with status 71 and a
# sentence; no silence, no reset, no status 0 without the greeting. QEMU's
# BIOS overwrites other parts of the image at every size below: text, data,
# the image's very first bytes, or nothing that matters.
. tests/build/lib.sh

case $1 in clang) LLVM=1 ;; *) LLVM= ;; esac

# build NAME LINE...: helloworld with these configuration lines more
build() {
	name=$1
	shift
	cp "$APP/defconfig" "$W/$name.config"
	printf '%s\n' "$@" >>"$W/$name.config"
	must defconfig UK_DEFCONFIG="$W/$name.config" LLVM=$LLVM
	must all LLVM=$LLVM
	mkdir "$W/$name"
	cp "$O"/helloworld_kvm-x86_64 "$W/$name"
}

# try IMAGE MACHINE KIB: boot with it; status in $st, console in $W/console
try() {
	support/run/guest -p kvm -M "$2" -m "$3K" -t 20 \
		"$W/$1/helloworld_kvm-x86_64" -- one two >"$W/console" 2>&1
	st=$?
}
wrong() {
	cat "$W/console"
	fail "$*"
}

# never_silent IMAGE MACHINE KIB
never_silent() {
	try "$@"
	case $st in
	0)
		grep -q 'Arguments:  "helloworld" "one" "two"' "$W/console" ||
			wrong "$*: status 0 and no greeting"
		worked=$((worked + 1)) ;;
	71)
		grep -qE '^Boot refused: .{20}' "$W/console" ||
			wrong "$*: refused without a sentence"
		refused=$((refused + 1)) ;;
	*)
		# Below 1 MiB the BIOS of pc and q35 starts no kernel at all.
		if [ "$3" -ge 1024 ] || [ "$2" = microvm ] ||
		   ! grep -q '^guest: ' "$W/console"; then
			wrong "$*: status $st"
		fi ;;
	esac
}

must_work() {
	try "$@"
	[ $st -eq 0 ] || wrong "$*: status $st"
}

build standard '# CONFIG_LIBUKSELFTEST is not set'
build none "$(cat tests/perf/helloworld/smallest.config)"

# All sizes where the BIOS is busiest, a few of them elsewhere.
few="640 1112 1320 1400"
all="640 1024 1040 1112 1128 1144 1200 1300 1320 1368 1384 1400 1450 1600"
worked=0 refused=0
for m in pc q35 microvm; do
	sizes=$few small="1100 1376"
	[ $m$1 != pcgcc ] || sizes=$all small="1064 1100 1160 1300 1376"
	for kib in $sizes; do
		never_silent standard $m "$kib"
	done
	for kib in $small; do
		never_silent none $m "$kib"
	done
	must_work standard $m 2048
	must_work none $m 2048
done
echo "$worked worked, $refused refused"
[ $worked -gt 2 ] && [ $refused -gt 4 ] || fail "all the same?"

# What an image of this size is to boot with; Clang's text is 5 KiB more.
case $1 in clang) kib=1208 ;; *) kib=1200 ;; esac
must_work standard pc $kib
must_work none pc 1100

# One bit of any segment: refused where memory is short, by the sum alone.
img=$W/none/helloworld_kvm-x86_64
cp "$img" "$W/good"
for at in $(readelf -lW "$img" | awk '$1 == "LOAD" && n++ { print $2 }'); do
	cp "$W/good" "$img"
	at=$((at + 48))
	byte=$(od -An -tu1 -j $at -N 1 "$img")
	printf "\\$(printf %o $((byte ^ 16)))" |
		dd of="$img" bs=1 seek=$at conv=notrunc 2>/dev/null
	try none microvm 1200
	[ $st -eq 71 ] || wrong "a bit at $at of the file: status $st"
done
verdict
