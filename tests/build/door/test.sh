#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# What a person types first: help, lists, a quiet build, V=1, run, mistakes.
. tests/build/lib.sh

say() {
	make --no-print-directory -C "$UK_ROOT" "$@" >"$W/out" 2>&1
}
say || fail "plain make ends with status $?"
for word in 'make run' 'make test' menuconfig hardening-report doctor; do
	said "$word"
done
say list-defconfigs || fail "list-defconfigs ends with status $?"
for d in apps/*/defconfig; do
	d=${d#apps/}
	said "^${d%/defconfig}_defconfig "
done
say nosuchapp_defconfig O="$W/none" && fail "an unknown application is taken"
said "no application 'nosuchapp'"
for path in "$W/a=b" "$W/a b" "$W/a;b" "$W/a%b"; do
	say helloworld_defconfig O="$path" && fail "O=$path is taken"
	said "O=.*: a path with .* than make can take"
	[ ! -e "$path" ] || fail "O=$path is made"
done
say nosuchgoal && fail "an unknown goal is taken"

# A cold build: a line a step, the last one is image, size, profile, time.
say helloworld_defconfig O="$O" || fail "helloworld_defconfig: status $?"
say all O="$O" CCACHE="$CCACHE" || die "make all: $(tail -n 5 "$W/out")"
n=$(grep -vc '^\[ *[0-9]*/[0-9]*\] [A-Z]* ' "$W/out")
[ "$n" -le 3 ] || fail "a cold build prints $n lines that are no step"
tail -n 1 "$W/out" | grep -qE \
	'helloworld_[a-z]+-x86_64: [0-9]+ bytes, profile standard, gcc, [0-9.]+ s$' ||
	fail "the closing line is: $(tail -n 1 "$W/out")"
! grep -qE '^(cc|gcc|ccache) ' "$W/out" || fail "commands without V=1"

rm -f "$O"/libukboot/*.o
say all O="$O" V=1 CCACHE="$CCACHE" || fail "V=1: status $?"
said 'gcc .*-c .*core/boot/.*\.c'

# The guest's status is make's.
say run O="$O" ARGS="one two" || fail "make run ends with status $?"
said '^Hello world!'
said '"one" "two"'
said 'qemu-system-x86_64 -accel tcg '
app helloworld
sed -i 's/return 0;/return 7;/' "$APP/main.c"
must defconfig UK_DEFCONFIG="$APP/defconfig $BARE"
uk run
[ $? -eq 7 ] || fail "status 7 is lost"
said '^make: the guest ended with status 7$'

# Another application takes the place of the one that is configured.
say olddefconfig O="$O" C="$W/.config" APP=helloworld ||
	fail "APP=helloworld: status $?"
say olddefconfig O="$O" C="$W/.config" APP=daytime || fail "APP=daytime: status $?"
said 'was that of helloworld, and is .*\.config\.old now'
grep -qx 'CONFIG_UK_APP="daytime"' "$W/.config" || fail "APP=daytime is not taken"
grep -qx 'CONFIG_UK_APP="helloworld"' "$W/.config.old" ||
	fail "the configuration of before is lost"

# A broken source: the first error is what stands last on the screen.
echo 'int broken = ;' >>"$APP/main.c"
uk all && fail "a broken source is built"
tail -n 12 "$W/out" | grep -q "main.c:[0-9:]* error: expected expression" ||
	fail "the first error is not last: $(tail -n 12 "$W/out")"
verdict
