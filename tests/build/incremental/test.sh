#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# After a change exactly what it touches is built again: a header, a source,
# flags of a library and of a file, an option, a fetched source, a patch.
. tests/build/lib.sh

# A tree of its own: nobody edits it meanwhile.
tree

app helloworld
foo=$W/foo bar=$W/bar
mkdir -p "$foo/include" "$bar" "$W/dl" "$W/bar-1.0"
cat >"$foo/Makefile.uk" <<'END'
$(eval $(call addlib_s,libfoo,$(CONFIG_LIBFOO)))
LIBFOO_SRCS-y += $(LIBFOO_BASE)/one.c
LIBFOO_SRCS-y += $(LIBFOO_BASE)/two.c
LIBFOO_SRCS-y += $(LIBFOO_BASE)/three.c|first
LIBFOO_SRCS-y += $(LIBFOO_BASE)/three.c|second
LIBFOO_THREE_FIRST_FLAGS-y += -DTHREE=three_first
LIBFOO_THREE_SECOND_FLAGS-y += -DTHREE=three_second
END
cat >"$foo/Config.uk" <<'END'
config LIBFOO
	bool "foo"
	default y

config LIBFOO_LOUD
	bool "loud"
	depends on LIBFOO
END
echo 'int foo_one(void); int foo_two(void);' >"$foo/include/foo.h"
echo '#define TWO 2' >"$foo/two.h"
printf '#include <foo.h>\nint foo_one(void) { return 1; }\n' >"$foo/one.c"
cat >"$foo/two.c" <<'END'
#include <uk/config.h>
#include "two.h"
int foo_two(void);
int foo_two(void)
{
#if CONFIG_LIBFOO_LOUD
	return 20;
#else
	return TWO;
#endif
}
END
printf 'int THREE(void);\nint THREE(void) { return 3; }\n' >"$foo/three.c"

# A library whose source is fetched: its archive is in the local cache.
echo 'int bar(void); int bar(void) { return 4; }' >"$W/bar-1.0/bar.c"
echo 'int baz(void); int baz(void) { return 5; }' >"$W/bar-1.0/baz.c"
pack() {
	tar -C "$W" -czf "$W/dl/bar-1.0.tar.gz" bar-1.0
	set -- "$(sha256sum <"$W/dl/bar-1.0.tar.gz")" \
		"$(wc -c <"$W/dl/bar-1.0.tar.gz")"
	echo "${1%% *} $2 bar-1.0.tar.gz BSD-3-Clause" >"$bar/source.hash"
}
pack
cat >"$bar/Makefile.uk" <<'END'
$(eval $(call addlib_s,libbar,$(CONFIG_LIBBAR)))
$(eval $(call fetch,libbar,https://localhost/bar-1.0.tar.gz))
$(eval $(call patch,libbar,$(LIBBAR_BASE)/patches,bar-1.0))
LIBBAR_SRCS-y += $(LIBBAR_ORIGIN)/bar-1.0/bar.c
LIBBAR_SRCS-y += $(LIBBAR_ORIGIN)/bar-1.0/baz.c
END
# patched N LINE: patch N, which adds a header of that line
patched() {
	mkdir -p "$bar/patches"
	printf '%s\n' "--- a/$1.h" "+++ b/$1.h" '@@ -0,0 +1 @@' "+$2" \
		>"$bar/patches/$1.patch"
}
patched 1 '#define ONE 1'
printf 'config LIBBAR\n\tbool "bar"\n\tdefault y\n' >"$bar/Config.uk"
export DL_DIR="$W/dl" FETCH_OFFLINE=1
LIBS=$foo:$bar

sed -i 's|^#include <uk/config.h>|&\n#include <foo.h>\nint bar(void);|
	s|^	printf("Hello world!|	if (foo_one() + foo_two() + bar() < 0)\n\t\treturn 1;\n&|' \
	"$APP/main.c"
must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
must all
said 'helloworld_kvm-x86_64: [0-9]+ bytes'
boots

must all
did "" "nothing changed"
[ -z "$(steps)" ] || fail "nothing changed, but it did: $(steps)"

# next_second: file systems and make see times; give them one to see
now() {
	sleep 0.02
}
now; echo '/* x */' >>"$foo/include/foo.h"
must all
did "CC apphelloworld/main.c
CC foo/one.c" "a public header of foo"
[ -n "$(steps LINK)" ] || fail "a changed header does not link the image"

now; echo '/* x */' >>"$foo/two.h"
must all
did "CC foo/two.c" "a private header of foo"

now; touch "$foo/three.c"
must all
did "CC foo/three.c
CC foo/three.c" "a source with two variants"

echo 'LIBFOO_CFLAGS-y += -DNEW=1' >>"$foo/Makefile.uk"
must all
did "CC foo/one.c
CC foo/two.c
CC foo/three.c
CC foo/three.c" "a flag of a library"

echo 'LIBFOO_ONE_FLAGS-y += -DNEWER=1' >>"$foo/Makefile.uk"
must all
did "CC foo/one.c" "a flag of a file"

echo 'LIBFOO_THREE_SECOND_FLAGS-y += -DNEWEST=1' >>"$foo/Makefile.uk"
must all
did "CC foo/three.c" "a flag of a variant"

# Options: only who reads them, whatever config.h looks like.
sed -i 's/^CONFIG_APPHELLOWORLD_PRINTARGS=y/# CONFIG_APPHELLOWORLD_PRINTARGS is not set/' \
	"$O/.config"
must all
did "CC apphelloworld/main.c" "an option of the application"
grep -q Arguments "$O/apphelloworld.o" && fail "the option has no effect"
sed -i 's/^# CONFIG_LIBFOO_LOUD is not set/CONFIG_LIBFOO_LOUD=y/' "$O/.config"
must all
did "CC foo/two.c" "an option of foo"

# Rewriting the configuration with the same values is no change.
now; must olddefconfig
now; touch "$O/.config"
must all
did "" "the same configuration, written again"

# A fetched source that somebody edits in place, then a new archive.
now; echo '/* x */' >>"$O/libbar/origin/bar-1.0/bar.c"
must all
did "CC bar/bar.c" "a fetched source"
echo 'int bar(void); int bar(void) { return 44; }' >"$W/bar-1.0/bar.c"
now; pack
must all
did "CC bar/bar.c
CC bar/baz.c" "a new archive"
boots

# Patches: another one, and one more, on a source as it was fetched.
now; patched 1 '#define ONE 11'
must all
did "CC bar/bar.c
CC bar/baz.c" "another patch"
now; patched 2 '#define TWO 2'
must all
cat "$O"/libbar/origin/bar-1.0/[12].h >"$W/both"
printf '#define ONE 11\n#define TWO 2\n' | cmp - "$W/both" ||
	fail "not what two patches make"

# A source more, and one less: the library is made again, nothing else.
printf 'int four(void);\nint four(void) { return 4; }\n' >"$foo/four.c"
echo 'LIBFOO_SRCS-y += $(LIBFOO_BASE)/four.c' >>"$foo/Makefile.uk"
must all
did "CC foo/four.c" "a new source"
nm "$O/libfoo.o" | grep -q ' four$' || fail "the new source is not in libfoo.o"
sed -i '/four.c/d' "$foo/Makefile.uk"
must all
did "" "a source less"
nm "$O/libfoo.o" | grep -q ' four$' && fail "a removed source is still linked"

# A header that is gone must not stop the build of what no longer needs it.
sed -i '/two.h/d; s/TWO/2/' "$foo/two.c"
rm "$foo/two.h"
must all
did "CC foo/two.c" "a header that is gone"

# Another compiler makes everything again, and back.
n=$(find "$O" -name '*.o' -path '*/lib*/*' | wc -l)
must all LLVM=1
[ "$(steps '(CC|AS)' | wc -l)" -ge "$n" ] || fail "LLVM=1 kept objects of GCC"
grep -q '^CONFIG_HARDEN_KCFI=y' "$O/kconfig/auto.conf" ||
	fail "LLVM=1 is not granted what Clang can do"
must all
[ "$(steps '(CC|AS)' | wc -l)" -ge "$n" ] || fail "GCC kept objects of Clang"
grep -q '^CONFIG_HARDEN_KCFI=y' "$O/kconfig/auto.conf" &&
	fail "GCC is granted what only Clang can do"
boots
verdict
