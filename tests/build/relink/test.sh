#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# each: gcc clang
# A relinked image is another one, the same for the same seed; it boots, proves
# what the first one proves, and its crashes can be decoded.
. tests/build/lib.sh
# An image that stays where it is linked, and one that moves
profile=STANDARD
[ "$1" = gcc ] || LLVM=LLVM=1 profile=STRICT

app helloworld
cat >"$APP/main.c" <<'EOC'
#include <stdio.h>
#include <stdlib.h>
#include <uk/image.h>

static volatile int *volatile nowhere = (volatile int *)8;

__attribute__((noinline)) static int inner(volatile int *p)
{
	*p = 1;		/* line 9 */
	return *p;
}

/* What an attacker wants to reach, and nobody calls. */
__attribute__((noinline)) static void treasure(void)
{
	puts("SURVIVED: the code is where it was");
	exit(0);
}
static void (*volatile kept)(void) = treasure;

int main(int argc, char **argv)
{
	if (argc > 2)	/* an attacker who knows base and shipped image */
		((void (*)(void))(uk_image_start + strtoul(argv[2], 0, 16)))();
	if (argc > 1)
		return inner(nowhere) + !kept;	/* line 26 */
	printf("%s is here\n", argv[0]);
	return 0;
}
EOC
cp "$APP/defconfig" "$W/defconfig"
printf '%s\n' CONFIG_PLAT_LINUXU=y CONFIG_LIBUKSELFTEST=y CONFIG_RELINK=y \
	CONFIG_HARDENING_PROFILE_$profile=y \
	>>"$W/defconfig"
uk_one() {
	# shellcheck disable=SC2086 # LLVM=1 or nothing
	must ${LLVM:-} "$@"
}
uk_one defconfig UK_DEFCONFIG="$W/defconfig"
uk_one all
kvm=$O/helloworld_kvm-x86_64
linuxu=$O/helloworld_linuxu-x86_64
relink=$O/tools/relink
report() {
	/usr/bin/python3 support/report/report.py "$1" >"$2" 2>&1 ||
		fail "no report of $1: $(cat "$2")"
}
report "$kvm" "$W/report"

# runs IMAGE: to the end, all self-tests hold
runs() {
	support/run/guest -t 30 "$1" >"$W/console" 2>&1 ||
		fail "$1 ends with status $?: $(cat "$W/console")"
	grep -q '^# selftest: [1-9][0-9]* held, 0 failed' "$W/console" &&
		grep -q '^helloworld is here' "$W/console" ||
		fail "$1: $(cat "$W/console")"
}
# Every seed: another image, of which all is still true
for seed in one two four; do
	uk_one relink SEED="seed $seed"
	for p in kvm linuxu; do
		new=$O/relinked/helloworld_$p-x86_64
		runs "$new"
		cp "$new" "$W/$p.$seed"
		cp "$new.layout" "$W/$p.$seed.layout"
		cmp -s "$new" "$O/helloworld_$p-x86_64" &&
			fail "$p: seed $seed changes nothing"
	done
	[ $seed = two ] || {
		report "$O/relinked/helloworld_kvm-x86_64" "$W/report.new"
		diff "$W/report" "$W/report.new" ||
			fail "the report is another with seed $seed"
	}
	grep -aq "$(sed -n 's/^layout=//p' "$W/kvm.$seed.layout")" \
		"$W/kvm.$seed" || fail "seed $seed: no commitment in the note"
done
# The same seed: the same bits, to the last; another number: others
"$relink" -s "seed four" "$kvm.kit" "$kvm" "$W/again" || fail "relink ends with $?"
cmp "$W/kvm.four" "$W/again" || fail "the same seed gives other bits"
"$relink" -s "seed four" -n 1 "$kvm.kit" "$kvm" "$W/again" &&
	cmp -s "$W/kvm.four" "$W/again" && fail "the number makes no difference"
"$relink" -r "$kvm.kit" "$kvm" "$W/drawn" >"$W/seed" ||
	fail "relink -r ends with $?"
grep -aqF "$(cat "$W/seed")" "$W/drawn" && fail "the seed is in the image"

# Pieces at the same place in two orders: a few at most
pieces=$(grep -c ' ' "$W/kvm.one.layout")
for seed in two four; do
	same=$(sed 's/ [^ ]*$//' "$W/kvm.one.layout" |
		grep -cxFf - <<-END || :
		$(sed 's/ [^ ]*$//' "$W/kvm.$seed.layout")
		END
	)
	[ "$same" -lt $((pieces / 20)) ] ||
		fail "seeds one and $seed: $same of $pieces at the same place"
done
bits=$(sed -n 's/^bits=//p' "$W/kvm.one.layout")
[ "$bits" -gt 1000 ] || fail "only $bits bits of order"

# Tables stand in the order that the linker gave them
tables() {
	nm "$1" | grep -E ' (uk_init_|uk_ctortab|uk_[a-z]*tab_)' | sort -k3
}
tables "$kvm.dbg" >"$W/tables"
[ "$(wc -l <"$W/tables")" -ge 8 ] || fail "no tables found"
tables "$O/relinked/helloworld_kvm-x86_64.dbg" | diff "$W/tables" - ||
	fail "a table has another order"

# A chain: each from the one before, whose kit and image are gone
cp "$kvm" "$W/chain" && cp "$kvm.kit" "$W/chain.kit"
for nr in 1 2 3; do
	"$relink" -s chain -n $nr -k "$W/next.kit" "$W/chain.kit" "$W/chain" \
		"$W/next" || fail "link $nr of the chain"
	cmp -s "$W/chain" "$W/next" && fail "link $nr changes nothing"
	mv "$W/next" "$W/chain" && mv "$W/next.kit" "$W/chain.kit"
	runs "$W/chain"
done

# A crash, by the layout and the twin of the image before; and by its own twin
support/run/guest -t 30 "$W/kvm.four" -- crash >"$W/crash" 2>&1
[ $? -eq 70 ] || fail "no crash: $(cat "$W/crash")"
for how in "-l $W/kvm.four.layout $kvm" "$O/relinked/helloworld_kvm-x86_64"; do
	# shellcheck disable=SC2086 # words
	support/run/decode $how <"$W/crash" >"$W/decoded"
	grep -q '^at image.* inner+.*main\.c:9' "$W/decoded" &&
		grep -q ' main+.*main\.c:26' "$W/decoded" ||
		fail "decode $how: $(cat "$W/decoded")"
done

# The same layout made by the linker. GNU ld: the same bytes; lld finds places
# of its own for the same functions.
sh support/relink/reference.sh "$kvm" "$W/kvm.four.layout" "$W/ref.dbg" ||
	fail "the linker cannot do it"
functions() {
	nm "$1" | awk '$2 ~ /^[tT]$/ { print $3 }' | grep -v '^uk_.*_start$' |
		grep -v '^uk_.*_end$' | grep -v '^uk_spare_' | sort
}
functions "$kvm.dbg" >"$W/functions"
functions "$W/ref.dbg" | diff "$W/functions" - >"$W/diff" ||
	fail "the linker's image has other functions: $(cat "$W/diff")"
for s in .low .text .rodata .uk_tables .data .roinit; do
	[ "$1" = gcc ] || break
	objcopy -O binary -j $s "$W/ref.dbg" "$W/by.ld"
	objcopy -O binary -j $s "$kvm.dbg" "$W/by.nobody"
	objcopy -O binary -j $s "$O/relinked/helloworld_kvm-x86_64.dbg" \
		"$W/by.relink"
	[ -s "$W/by.ld" ] && cmp "$W/by.ld" "$W/by.relink" ||
		fail "$s is not what the linker makes of the same layout"
	[ $s = .low ] || ! cmp -s "$W/by.nobody" "$W/by.relink" ||
		fail "$s is not changed at all"
done
"$O/tools/sum" "$W/ref.dbg" && objcopy -S "$W/ref.dbg" "$W/ref" &&
	runs "$W/ref"

# An attack with an address from the shipped image: it works there only
where=$(nm "$kvm.dbg" | awk '$3 == "treasure" { print $1 }')
base=$(nm "$kvm.dbg" | awk '$3 == "uk_image_start" { print $1 }')
offset=$(printf '%x' $((0x$where - 0x$base)))
for image in "$kvm" "$W/kvm.one" "$W/kvm.two" "$W/kvm.four"; do
	support/run/guest -t 10 "$image" -- jump "$offset" >"$W/jump" 2>&1
	rc=$?
	grep -q '^SURVIVED' "$W/jump" && rc=$rc.survived
	case $image:$rc in
	"$kvm":0.survived | "$W"/kvm.*:[1-9]*[0-9]) ;;
	*) fail "$image at image+$offset: $rc: $(cat "$W/jump")" ;;
	esac
done

# What does not belong together is refused, and leaves nothing behind
refused() {
	"$relink" -s x "$1" "$2" "$W/none" 2>"$W/err"
	[ $? -eq 1 ] && grep -q "$3" "$W/err" && [ ! -e "$W/none" ] ||
		fail "relink takes $1 with $2: $(cat "$W/err")"
}
refused "$linuxu.kit" "$kvm" 'range\|another image'
refused "$kvm.kit" "$W/kvm.one" 'another image'
refused "$kvm" "$kvm" 'not a kit'
refused "$kvm.kit" "$kvm.kit" 'not an ELF'
head -c 1000 "$kvm.kit" >"$W/short.kit"
refused "$W/short.kit" "$kvm" 'as long as'
verdict
