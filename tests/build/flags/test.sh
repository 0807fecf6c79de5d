#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 500
# each: gcc clang
# An image with a library for every mitigation, each with the functions of
# ../report/fixture.c in it. Then each of them loses the flags of its mitigation,
# and the report has to see exactly these cells turn red. Then an image without
# any mitigation of the whole image, held against the note of one that has them.
# All that hardening/ holds is tried: nothing is listed here.
. tests/build/lib.sh
# Flags that no other test has: in no cache, and looking there takes time.
CCACHE=

here=$PWD/tests/build/flags
compiler=$1 cc=gcc llvm=
[ "$compiler" = gcc ] || cc=clang-19 llvm=LLVM=1
export DROP="$W/drop"
APP=$W/app
mkdir -p "$DROP" "$APP"

uc() {
	echo "$*" | tr a-z- A-Z_
}
# mk MITIGATION TEXT: TEXT as make knows it after flags.mk; @ is its prefix
mk() {
	printf 'include %s/hardening/%s/flags.mk\nall:; @echo %s\n' \
		"$UK_ROOT" "$1" "$(echo "$2" | sed "s/@/HARDEN_$(uc "$1")/g")" |
		make -s -f - UK_ROOT="$UK_ROOT" UK_COMPILER="$compiler" all
}
# flags MITIGATION: what the compiler is given for it, a word a line
flags() {
	mk "$1" "\$(@_CFLAGS) \$(@_CFLAGS_$compiler) \$(@_CFLAGS_${compiler}_x86_64)" |
		tr ' ' '\n' | sed '/^$/d'
}
library='' image=''
for f in hardening/*/rule.yaml; do
	m=$(basename "$(dirname "$f")")
	[ -z "$(mk "$m" '$(@_CPU)')" ] || continue	# not of this CPU
	if [ "$(mk "$m" '$(@_SCOPE)')" = image ]; then
		image="$image $m"
	elif [ -z "$(mk "$m" "\$(@_NOTE_$compiler)")" ] && [ "$(flags "$m")" ]; then
		library="$library $m"
	fi
done
echo "by library:$library; of the image:$image"

cp "$here/main.c" "$APP/"
cat >"$APP/Config.uk" <<'END'
config APPFLAGS_DEPENDENCIES
	bool
	default y
	select LIBNOLIBC
END
{
	echo '$(eval $(call addlib,appflags))'
	echo 'APPFLAGS_SRCS-y += $(APPFLAGS_BASE)/main.c'
	for m in $library; do
		up=$(uc "$m")
		echo "\$(eval \$(call addlib,without_$(echo "$m" | tr - _)))"
		echo "WITHOUT_${up}_SRCS-y += $UK_ROOT/tests/build/report/fixture.c"
		echo "WITHOUT_${up}_CFLAGS-y += -w -DPREFIX=WITHOUT_${up}_"
	done
} >"$APP/Makefile.uk"

# build: what $W/config says; the functions that nobody calls stay
build() {
	# shellcheck disable=SC2086 # a word or none
	uk "$@" $llvm CC="sh $here/cc.sh $cc" \
		UK_LDFLAGS=--no-gc-sections
}
configure() {
	{
		printf '%s\n' CONFIG_EXPERT=y CONFIG_PLAT_KVM=y \
			CONFIG_HARDENING_CUSTOM=y
		cat
	} >"$W/config"
	build defconfig UK_DEFCONFIG="$W/config"
}
# all VALUE: of the mitigations of the whole image
all() {
	for m in $image; do echo "CONFIG_HARDEN_$(uc "$m")=$1"; done
}
# own MITIGATION: its library has it, what it needs, and no other
own() {
	lib=CONFIG_WITHOUT_$(uc "$1")
	echo "${lib}_PROFILE_CUSTOM=y"
	for n in $library; do
		case " $1 $(mk "$1" '$(@_NEEDS)') " in
		*" $n "*) echo "${lib}_HARDEN_$(uc "$n")=y" ;;
		*) echo "${lib}_HARDEN_$(uc "$n")=n" ;;
		esac
	done
}
image() {
	build all || { tail -n 30 "$W/out"; die "no image"; }
}
# report JSON [NOTE]
report() {
	/usr/bin/python3 support/report/report.py --json "$1" \
		${2:+--note "$2"} "$(cat "$O/images")" >"$W/text" || {
		cat "$W/text"
		die "no report"
	}
}
# Those of the image that this image cannot have are left out, and told.
until { all y; for m in $library; do own "$m"; done; } | configure; do
	one=$(sed -n 's/.*CONFIG_HARDEN_\([A-Z_]*\)=y was asked.*/\1/p' \
		"$W/out" | head -n 1 | tr A-Z_ a-z-)
	case " $image " in
	*" ${one:-?} "*) ;;
	*) cat "$W/out"; die "no such configuration" ;;
	esac
	echo "not tried: $(grep -m1 'was asked' "$W/out")"
	image=$(echo " $image " | sed "s/ $one / /")
done
image
report "$W/with"
for m in $library; do
	lib=without_$(echo "$m" | tr - _)
	flags "$m" >"$DROP/$lib"
	rm -f "$O/$lib"/*.o
done
image
report "$W/without"
# shellcheck disable=SC2086 # words
/usr/bin/python3 "$here/cells.py" red "$W/with" "$W/without" $library ||
	fail "a flag is missing and not missed"

/usr/bin/python3 "$here/cells.py" note "$(cat "$O/images")" >"$W/note"
rm -f "$DROP"/*
all n | configure || { cat "$W/out"; die "no configuration without"; }
image
report "$W/none" "$W/note"
# shellcheck disable=SC2086 # words
/usr/bin/python3 "$here/cells.py" whole "$W/none" $image ||
	fail "a mitigation of the image is missing and not missed"
verdict
