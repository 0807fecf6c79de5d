#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# An application and libraries outside the tree, as others write them: built
# from the application's own folder, with A=, L= and O=, and nothing is
# written into the tree or beside the sources.
. tests/build/lib.sh

T=$(mktemp -d /tmp/redoubt-XXXXXX) || exit 125
trap 'rm -rf "$T"' EXIT
mkdir -p "$T/app" "$T/libs/one" "$T/libs/two/include"
cp "$UK_ROOT/apps/helloworld/main.c" "$UK_ROOT/apps/helloworld/Config.uk" \
	"$UK_ROOT/apps/helloworld/Makefile.uk" \
	"$UK_ROOT/apps/helloworld/defconfig" "$T/app"
cat >"$T/app/Makefile" <<END
UK_ROOT ?= $UK_ROOT
UK_LIBS ?= $T/libs
LIBS := \$(UK_LIBS)/one:\$(UK_LIBS)/two

all:
	@\$(MAKE) -C \$(UK_ROOT) A=\$(PWD) L=\$(LIBS)

\$(MAKECMDGOALS):
	@\$(MAKE) -C \$(UK_ROOT) A=\$(PWD) L=\$(LIBS) \$(MAKECMDGOALS)
END
sed -i 's|^#include <uk/config.h>|&\n#include <two.h>\nint one(void);|
	s|^	printf("Hello world!|	printf("sum %d\\n", one() + two());\n&|' \
	"$T/app/main.c"
for l in one two; do
	u=$(echo $l | tr a-z A-Z)
	cat >"$T/libs/$l/Makefile.uk" <<END
\$(eval \$(call addlib_s,lib$l,\$(CONFIG_LIB$u)))
CINCLUDES-\$(CONFIG_LIB$u) += -I\$(LIB${u}_BASE)/include
LIB${u}_CINCLUDES-y += -I\$(LIB${u}_BASE)
LIB${u}_SRCS-y += \$(LIB${u}_BASE)/$l.c
END
	cat >"$T/libs/$l/Config.uk" <<END
menuconfig LIB$u
	bool "lib$l: one of two"
	default y
	select NOBODY_HAS_THIS
END
done
echo 'int two(void);' >"$T/libs/two/include/two.h"
printf '#include <two.h>\nint two(void) { return 40; }\n' >"$T/libs/two/two.c"
printf 'int one(void);\nint one(void) { return 2; }\n' >"$T/libs/one/one.c"


# In its own folder, the way that applications are built: just make.
(cd "$T/app" && env -i PATH="$PATH" HOME="$W" PWD="$T/app" CCACHE="$CCACHE" \
	make >"$W/out" 2>&1) || {
	cat "$W/out"
	die "make in the application's folder failed"
}
# A symbol that no library defines is others' business: a warning.
said 'warning: .*LIB(ONE|TWO) uses NOBODY_HAS_THIS'
img=$(ls "$T"/app/build/*_kvm-x86_64)
[ -s "$img" ] || die "no image below the application's folder"
support/run/guest -t 30 "$img" >"$W/console" 2>&1 || fail "it ends with $?"
grep -q '^sum 42' "$W/console" || {
	cat "$W/console"
	fail "the external libraries are not in the image"
}
made=$(cd "$T" && find . -path ./app/build -prune -o -type f \
	-newer "$T/libs/one/one.c" -print | grep -v '^\./app/\.config')
[ -z "$made" ] || fail "written beside the sources: $made"

# O= elsewhere: nothing at all is written beside the application.
rm -rf "$T/app/build" "$T"/app/.config*
APP=$T/app O=$T/out LIBS=$T/libs/one:$T/libs/two
must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
must all
boots
grep -q '^sum 42' "$W/console" || fail "not the same image with O="
[ ! -e "$T/app/build" ] || fail "O= was given, but build/ was made"
ls -a "$T/app" | grep -q '^\.config' && fail "C= was given, but .config is in A="

# A library given twice, or a name that is taken, is an error with both names.
mkdir -p "$T/libs/three"
cat >"$T/libs/three/Makefile.uk" <<'END'
$(eval $(call addlib,libone))
LIBONE_SRCS-y += $(LIBONE_BASE)/x.c
END
: >"$T/libs/three/x.c"
LIBS=$T/libs/one:$T/libs/three
sed -i '/two/d; /one()/d' "$T/app/main.c"
uk all && fail "two libraries of one name are not refused"
said "library 'libone' is there already"

verdict
