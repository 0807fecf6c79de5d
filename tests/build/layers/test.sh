#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 60
# The checks of support/check find what they are for, in a tree that breaks
# each rule once.
. tests/build/lib.sh

T=$W/tree
for d in core/a/include/uk core/z/include/uk libs/b/include/uk \
	plat/k/include/uk arch/x/include/uk alloc sched apps/x hardening \
	tests/boot; do
	mkdir -p "$T/$d"
done
: >"$T/libs/b/include/uk/b.h"
: >"$T/plat/k/include/uk/k.h"
: >"$T/core/z/include/uk/z.h"
: >"$T/libs/b/include/string.h"
spdx='/* SPDX-License-Identifier: BSD-3-Clause */'
put() {
	f=$1
	shift
	printf '%s\n' "$@" >"$T/$f"
}
put core/a/a.c "$spdx" '#include <uk/b.h>' '#include <string.h>' \
	'#include <stddef.h>' '#include <uk/nowhere.h>'
put core/a/include/uk/c1.h "$spdx" '#include <uk/c2.h>'
put core/a/include/uk/c2.h "$spdx" '#include <uk/c1.h>'
put libs/b/b.c "$spdx" '#include <uk/k.h>' '#include <uk/c1.h>' \
	'#include "../../core/a/p.h"' '#include "../b/q.h"'
put arch/x/a.c "$spdx" '#include <uk/c1.h>'
put plat/k/k.c "$spdx" '#include <uk/z.h>' '#include <uk/b.h>'
put apps/x/main.c "$spdx" '#include <string.h>' '#include <uk/k.h>'
put libs/b/Makefile.uk '$(eval $(call addlib_s,libb,y))' \
	'LIBB_DEPENDS-y += liba \' '	libk'
put core/a/Makefile.uk '$(eval $(call addlib_s,liba,y))' \
	'LIBA_DEPENDS-y += libb'
put plat/k/Makefile.uk '$(eval $(call addlib_s,libk,y))'

CHECK_ROOT=$T sh support/check/layers.sh >"$W/out" && fail "nothing found"
while IFS= read -r line; do
	grep -qF -- "$line" "$W/out" || fail "not found: $line"
done <<'END'
arch/x/a.c:2: arch may not include <uk/c1.h>
core/a/a.c:2: core may not include <uk/b.h>
core/a/a.c:3: core may not include <string.h>
core/a/a.c:5: no library has the public header <uk/nowhere.h>
libs/b/b.c:2: libs may not include <uk/k.h>
libs/b/b.c:4: libs/b reaches into core/a
plat/k/k.c:3: plat may not include <uk/b.h>
apps/x/main.c:3: apps may not include <uk/k.h>
core/a/Makefile.uk:2: core/a may not depend on libb
libs/b/Makefile.uk:3: libs/b may not depend on libk
include cycle: core/a/include/uk/c1.h -> core/a/include/uk/c2.h -> core/a
END
n=$(grep -c -v ' wrong$' "$W/out")
[ "$n" -eq 11 ] || fail "$n complaints instead of 11"

# The same for style.
S=$W/style
mkdir -p "$S/core/a"
T=$S
put core/a/a.c 'int a;'
put core/a/b.c "$spdx" "/* TO""DO: later */"
put core/a/c.c "$spdx" 'int a; '
{
	echo "$spdx"
	echo 'void f(void)'
	echo '{'
	i=0
	while [ $i -lt 81 ]; do
		echo '	;'
		i=$((i + 1))
	done
	echo '}'
} >"$S/core/a/d.c"
put core/a/e.c "$spdx" \
	"/*									   80 */"
put core/a/f.c "$spdx" \
	"/*									    81 */"
CHECK_ROOT=$S sh support/check/style.sh >"$W/out" && fail "nothing found"
while IFS= read -r line; do
	grep -qF -- "$line" "$W/out" || fail "not found: $line"
done <<'END'
core/a/a.c:1: no SPDX-License-Identifier
core/a/b.c:2: work left open
core/a/c.c:2: blank at the end
core/a/d.c:3: a function of 81 lines
core/a/f.c:2: 81 columns
5 wrong
END
cat "$W/out"
verdict
