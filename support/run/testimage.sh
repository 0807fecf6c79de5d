#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# testimage.sh OUT BUILD gcc|clang APPLICATION [CONFIG_X=y]...
# Builds the images of a test: OUT/kvm, OUT/linuxu and their .dbg twins, and
# what loaders take of them.
# BUILD is a build folder that many images share, one after the other: what
# they have in common is built once. That this is right is for the tests of
# the build tool to show (tests/build/incremental); DOUBT=1 starts afresh.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$1 build=$2 compiler=$3 app=$(cd "$root/$4" && pwd)
shift 4
llvm=
[ "$compiler" = gcc ] || llvm=LLVM=1

rm -rf "$out" "$build/attack"
[ -z "${DOUBT:-}" ] || rm -rf "$build"
mkdir -p "$out" "$build"

# An attack is a main.c only: the rest of the application is the same for all, and
# what attacks on several mitigations share is in <attack/...>.
if [ ! -e "$app/Makefile.uk" ]; then
	attack=$app
	app=$build/attack
	mkdir "$app"
	cat >"$app/Makefile.uk" <<END
\$(eval \$(call addlib,appattack))
APPATTACK_SRCS-y += $(printf '%s ' "$attack"/*.c)
APPATTACK_CINCLUDES-y += -I$root/tests/attack/include
END
	cat >"$app/Config.uk" <<'END'
config APPATTACK_DEPENDENCIES
	bool
	default y
	select LIBNOLIBC
END
	cat >"$app/defconfig" <<'END'
CONFIG_PLAT_KVM=y
CONFIG_PLAT_LINUXU=y
END
fi

# Nobody debugs these: a fifth of the time to compile them is for that.
printf '%s\n' '# CONFIG_DEBUG_SYMBOLS is not set' "$@" >"$build/lines"
# What strict holds and GCC cannot do is left out, and said in the image.
if [ "$compiler" = gcc ] && grep -qs PROFILE_STRICT=y "$app/defconfig" \
		"$build/lines"; then
	printf '%s\n' CONFIG_EXPERT=y CONFIG_HARDENING_GAPS=y >>"$build/lines"
fi
# Images are what is tested here, not how they are fetched or reported.
uk() {
	# shellcheck disable=SC2086 # one word or none
	make -s -C "$root" A="$app" O="$build" C="$build/.config" \
		CCACHE="$(command -v ccache || :)" $llvm "$@"
}
uk defconfig UK_DEFCONFIG="$app/defconfig $build/lines"
uk all
while read -r image; do
	plat=${image%-*}	# APP_PLAT-x86_64
	plat=${plat##*_}
	cp "$image" "$out/$plat"
	cp "$image.dbg" "$out/$plat.dbg"
	for extra in ro bin; do
		[ ! -e "$image.$extra" ] ||
			cp "$image.$extra" "$out/$plat.$extra"
	done
done <"$build/images"
cp "$build/.config" "$out/config"
