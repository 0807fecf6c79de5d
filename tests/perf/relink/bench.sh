#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A new layout for an image with 1 MB of text and some 2,000 functions: by the
# kit, and by the linkers from the same objects without debug information, each
# with the order as it takes it.
. tests/perf/lib.sh

RUNS=${BENCH_RUNS:-15}
FILES=20 EACH=62
app=$W/app
mkdir -p "$app"
{
	echo "\$(eval \$(call addlib,appwork))"
	echo "APPWORK_SRCS-y += \$(APPWORK_BASE)/main.c"
	f=0
	while [ $f -lt $FILES ]; do
		awk -v file=$f -v files=$FILES -v each=$EACH \
			-f tests/perf/relink/functions.awk >"$app/work$f.c"
		echo "APPWORK_SRCS-y += \$(APPWORK_BASE)/work$f.c"
		f=$((f + 1))
	done
} >"$app/Makefile.uk"
cp apps/helloworld/Config.uk "$app/Config.uk"
sed -i 's/APPHELLOWORLD/APPWORK/' "$app/Config.uk"
# Every function is in the image, as the table of all of them is.
awk -v files=$FILES -v each=$EACH 'BEGIN {
	print "#include <stdio.h>\nvolatile int work_sink[64];"
	for (f = 0; f < files; f++)
		for (i = 0; i < each; i++)
			printf "int work_%d_%d(int, int);\n", f, i
	print "static int (*const all[])(int, int) = {"
	for (f = 0; f < files; f++)
		for (i = 0; i < each; i++)
			printf "work_%d_%d,\n", f, i
	print "};\nint main(void)\n{\n\tint v = 0;"
	print "\tfor (unsigned int i = 0; i < sizeof(all) / sizeof(*all); i++)"
	print "\t\tv += all[i]((int)i, 3);"
	print "\tprintf(\"work: %d\\n\", v);\n\treturn 0;\n}"
}' >"$app/main.c"
printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_RELINK=y >"$app/defconfig"

build() {
	o=$W/$1
	for goal in defconfig all; do
		make A="$app" O="$o" C="$o/.config" $2 $goal \
			CCACHE="$(command -v ccache || :)" >"$W/make.out" 2>&1 ||
			{ tail -n 20 "$W/make.out" >&2; return 1; }
	done
}
# numbered COMMAND...: how long it takes, with the number of the run for @
numbered() {
	n=$#
	while [ "$n" -gt 0 ]; do
		[ "$1" = @ ] && set -- "$@" "$i" || set -- "$@" "$1"
		shift
		n=$((n - 1))
	done
	us "$@"
}
# samples COMMAND...: milliseconds; each deployment is a new file
samples() {
	i=0
	while [ $i -lt "$RUNS" ]; do
		rm -f "$W/image" "$W/mold" "$W"/*.ref
		numbered "$@"
		i=$((i + 1))
	done | awk '{ printf "%.3f ", $1 / 1000 }'
}
# shellcheck disable=SC2046 # lists of samples
linker() {
	build "$1" "$2"
	image=$W/$1/app_kvm-x86_64
	"$W/$1/tools/relink" -s bench -m "$W/$1.layout" "$image.kit" "$image" \
		"$W/$1.new"
	support/run/guest -t 60 -p kvm "$W/$1.new" >"$W/$1.out" 2>&1 ||
		{ tail -n 5 "$W/$1.out" >&2; return 1; }
	grep '^work' "$W/$1.out"
	for o in "$W/$1"/*.o; do
		objcopy -g "$o"
	done
	link=$(PRINT=1 sh support/relink/reference.sh "$image" \
		"$W/$1.layout" "$W/$1.ref")
	# shellcheck disable=SC2086 # words
	figure relink.1mb.$1.ms ms median - $(samples $link)
}
linker gnu_ld ""
linker lld LLVM=1
text=$(size -A "$W/gnu_ld/app_kvm-x86_64.dbg" | awk '$1 == ".text" { print $2 }')
figure relink.1mb.text_bytes bytes min - "$text"
figure relink.1mb.kit_bytes bytes min - \
	"$(stat -c %s "$W/gnu_ld/app_kvm-x86_64.kit")"
image=$W/gnu_ld/app_kvm-x86_64
# Another order each time: for some a second one has to be drawn.
# shellcheck disable=SC2046
figure relink.1mb.host.ms ms median 5 $(samples "$W/gnu_ld/tools/relink" \
	-s bench -n @ "$image.kit" "$image" "$W/image")
# The same at boot: instructions of the permutation, for each MB of text. 2 ms
# at three in a nanosecond, which is one a cycle at 3 GHz.
printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_HARDENING_CUSTOM=y CONFIG_HARDEN_ASLR=y \
	CONFIG_HARDEN_SHUFFLE=y >"$app/defconfig"
build boot ""
INSN_TO=pvh_moved sh tests/perf/insn.sh "$W" "$W/boot/app_kvm-x86_64" microvm \
	uk_shuffle_image >"$W/insns"
figure relink.1mb.boot.insns_per_mb insns min 6000000 \
	"$(awk -v text="$text" '{ printf "%d", $2 * 1048576 / text }' "$W/insns")"
if command -v mold >/dev/null; then
	ld -r -o "$W/whole.o" "$W"/gnu_ld/*.o
	# shellcheck disable=SC2046
	figure relink.1mb.mold.ms ms median - $(samples mold -static \
		--shuffle-sections=1 -e main --unresolved-symbols=ignore-all \
		-o "$W/mold" "$W/whole.o")
fi
