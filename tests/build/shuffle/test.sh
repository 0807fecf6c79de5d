#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# each: gcc clang
# Every boot has an order of its own: distances between functions change, tables
# do not; an attack that knows base and image works only without it; a machine
# without entropy is refused; a claim that does not hold is seen.
. tests/build/lib.sh
[ "$1" = gcc ] || LLVM=LLVM=1

app helloworld
cat >"$APP/main.c" <<'EOC'
#include <stdio.h>
#include <stdlib.h>
#include <uk/image.h>
#include <uk/init.h>
#include <uk/shuffle.h>

/* What an attacker wants to reach, and nobody calls. */
__attribute__((noinline)) static void treasure(void)
{
	puts("SURVIVED: the code is where it was");
	exit(0);
}
static void (*volatile kept)(void) = treasure;

#ifdef BREAK
static int break_claim(void)
{
	uk_shuffle_done.moved = 0;
	return 0;
}
uk_late_initcall_prio(break_claim, 8);
#endif

int main(int argc, char **argv)
{
	if (argc > 1)	/* base from a leak, offset from the image's file */
		((void (*)(void))(uk_image_start + strtoul(argv[1], 0, 16)))();
	printf("distances %ld %ld\n", (long)((char *)kept - (char *)printf),
	       (long)((char *)malloc - (char *)printf));
	return !kept;
}
EOC
if [ "$1" = gcc ]; then
	printf '%s\n' CONFIG_HARDENING_CUSTOM=y CONFIG_HARDEN_ASLR=y
else
	echo CONFIG_HARDENING_PROFILE_STRICT=y
fi >"$W/profile"
build() {
	cat "$APP/defconfig" "$W/profile" - >"$W/defconfig" <<-END
	CONFIG_LIBUKSELFTEST=y
	CONFIG_HARDEN_SHUFFLE=$1
	END
	# shellcheck disable=SC2086 # LLVM=1 or nothing
	must ${LLVM:-} defconfig UK_DEFCONFIG="$W/defconfig"
	# shellcheck disable=SC2086
	must ${LLVM:-} all
}
image=$O/helloworld_kvm-x86_64
# boot STATUS WORD...: into $W/console
boot() {
	want=$1
	shift
	# shellcheck disable=SC2086 # words
	support/run/guest -t 30 ${CPU:-} "$image" "$@" >"$W/console" 2>&1
	rc=$?
	[ $rc -eq "$want" ] || fail "status $rc, not $want: $(cat "$W/console")"
}
offset() {
	at=$(nm "$image.dbg" | awk '$3 == "treasure" { print $1 }')
	base=$(nm "$image.dbg" | awk '$3 == "uk_image_start" { print $1 }')
	printf '%x' $((0x$at - 0x$base))
}

# Without it the attack succeeds: it is one.
build n
boot 0 -- "$(offset)"
grep -q '^SURVIVED' "$W/console" || fail "the attack is none"

build y
for n in 1 2 3; do
	boot 0
	grep -q '^# selftest: [1-9][0-9]* held, 0 failed' "$W/console" &&
		grep -q '^ok [0-9]* - shuffle: ' "$W/console" ||
		fail "boot $n: $(cat "$W/console")"
	grep '^distances' "$W/console" >>"$W/distances"
done
[ "$(sort -u "$W/distances" | wc -l)" -eq 3 ] ||
	fail "two boots have one order: $(cat "$W/distances")"
for n in 1 2 3; do
	support/run/guest -t 10 "$image" -- "$(offset)" >"$W/console" 2>&1 &&
		fail "attack $n: $(cat "$W/console")"
	grep -q '^SURVIVED' "$W/console" && fail "attack $n succeeds"
done
CPU="-k cpu=max,-rdrand,-rdseed"
boot 73
CPU=
grep -q '^shuffle: no entropy' "$W/console" || fail "$(cat "$W/console")"
/usr/bin/python3 support/report/report.py "$image" >"$W/report" 2>&1 &&
	grep -q '^image *shuffle *yes, and 1 self-test' "$W/report" ||
	fail "the report: $(cat "$W/report")"

echo 'APPHELLOWORLD_CFLAGS-y += -DBREAK' >>"$APP/Makefile.uk"
build y
boot 72
grep -q '^not ok [0-9]* - shuffle: ' "$W/console" ||
	fail "a broken claim: $(cat "$W/console")"
verdict
