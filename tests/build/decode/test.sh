#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# support/run/decode names what a real crash screen shows, line for line.
. tests/build/lib.sh

app helloworld
cat >"$APP/main.c" <<'EOF'
#include <uk/crash.h>

static volatile int *volatile nowhere = (volatile int *)8;

__attribute__((noinline)) static int inner(volatile int *p)
{
	*p = 1;		/* line 7 */
	return *p;
}

__attribute__((noinline)) static int middle(volatile int *p)
{
	return inner(p) + 1;	/* line 13 */
}

int main(int argc, char **argv)
{
	if (argc > 1)
		uk_crash(UK_DEATH_OTHER, "asked for by %s", argv[1]);
	return middle(nowhere) + 1;	/* line 20 */
}
EOF
must helloworld_defconfig
must all
image=$O/helloworld_kvm-x86_64

# screen STATUS [WORD...]: what the image says, and the same decoded
screen() {
	want=$1
	shift
	support/run/guest -t 30 "$image" -- "$@" >"$W/raw" 2>&1
	rc=$?
	tr -d '\r' <"$W/raw" >"$W/console"
	[ $rc -eq "$want" ] || fail "the image ends with status $rc, not $want"
	support/run/decode "$image" <"$W/raw" >"$W/decoded" 2>"$W/err" ||
		fail "decode fails: $(cat "$W/err")"
}
# sees REGEX
sees() {
	grep -qE -- "$1" "$W/decoded" || {
		cat "$W/decoded"
		fail "no line says: $1"
	}
}

screen 70
sees '^Crash: trap: #PF page fault: write, not mapped, null page$'
sees '^at image\+0x[0-9a-f]+  \[apphelloworld inner\+0x[0-9a-f]+ .*main\.c:7\]$'
sees '^  (top|#0) image\+0x[0-9a-f]+  \[apphelloworld middle\+0x[0-9a-f]+ .*main\.c:13\]$'
sees '^  #[01] image\+0x[0-9a-f]+  \[apphelloworld main\+0x[0-9a-f]+ .*main\.c:20\]$'
sees '^  #[12] image\+0x[0-9a-f]+  \[ukboot boot_main\+0x[0-9a-f]+ .*core/boot/boot\.c:[0-9]+\]$'
sees '^Crash: end$'
# Nothing but what it adds is changed.
sed 's/  \[.*//' "$W/decoded" | diff "$W/console" - >"$W/diff" ||
	fail "the log itself is changed: $(cat "$W/diff")"

screen 70 somebody
sees '^Crash: fatal: asked for by somebody$'
sees '^at image\+0x[0-9a-f]+  \[apphelloworld main\+0x[0-9a-f]+ .*main\.c:19\]$'

# Offsets of another image, and files that are none
echo 'at image+0xffffff0' | support/run/decode "$image" |
	grep -q 'another build' || fail "an offset beyond the image is believed"
echo 'nothing here: image+ 0x10, ximage' >"$W/plain"
support/run/decode "$image" <"$W/plain" | diff "$W/plain" - ||
	fail "a line without a place is changed"
for f in "$W/plain" "$W/none" "$O/.config" /bin/sh; do
	support/run/decode "$f" </dev/null >"$W/decoded" 2>&1
	[ $? -eq 2 ] || fail "decode takes $f for an image"
done
support/run/decode </dev/null >/dev/null 2>&1
[ $? -eq 2 ] || fail "decode works without an image"
verdict
