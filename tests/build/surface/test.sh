#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# Sizes and surface of an image: the figures are those of the files, what an
# application gains is seen in its row and by comparison, a budget that does not
# hold is an error that names the largest symbols; with both compilers, and with
# link-time optimisation as far as that can tell.
. tests/build/lib.sh

here=$PWD/tests/build/surface
command -v ROPgadget >/dev/null || skip "no ROPgadget here"

plain() {
	cat <<'END'
#include <stdio.h>
int main(void)
{
	printf("hello\n");
	return 0;
}
END
}
# A port, a call through a pointer, an address taken, a large function.
more() {
	cat <<'END'
#include <stdio.h>
int (*volatile hook)(int);
__attribute__((noinline)) static int target(int x)
{
	__asm__ __volatile__("outb %%al, $0x80" : : "a"(x));
	return x;
}
__attribute__((noinline, used)) static void large(void)
{
	__asm__ __volatile__(".fill 3000, 1, 0x90");
}
int main(int argc, char **argv)
{
	hook = target;
	large();
	return hook(argc) - argc;
}
END
}

app helloworld
for llvm in '' LLVM=1; do
	plain >"$APP/main.c"
	# shellcheck disable=SC2086 # a word or none
	{
		must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
		must size-report $llvm
		cp "$O/size.json" "$W/size.old"
		must surface-report $llvm
		cp "$O/surface.json" "$W/surface.old"
		more >"$APP/main.c"
		must surface-report $llvm
		said '^ports +apphelloworld +target$'
		uk surface-report $llvm AGAINST="$W/surface.old" &&
			fail "more surface is no failure"
		said '^MORE .* apphelloworld counts ports: 1, was 0'
		said '^new .* apphelloworld names indirect: main$'
		said '^new .* apphelloworld names taken: target$'
		must surface-report $llvm AGAINST="$O/surface.json"
		uk size-report $llvm AGAINST="$W/size.old" &&
			fail "more bytes are no failure"
		said '^MORE .* apphelloworld text: '
		must size-report $llvm
		said '^ +apphelloworld +large 30[0-9][0-9]'
		/usr/bin/python3 "$here/sums.py" "$O/size.json" \
			"$O"/*_kvm-x86_64 || fail "the sums are wrong"
		cp "$O"/*_kvm-x86_64 "$W/image"
		uk all $llvm APPHELLOWORLD_BUDGET_TEXT=3000 &&
			fail "a budget that does not hold is no error"
		said 'error: .*text of apphelloworld is 3[0-9]* bytes, [0-9]* over its budget of 3000; its largest: large 30'
		cmp "$W/image" "$O"/*_kvm-x86_64 || fail "it became the image"
		uk all $llvm APPHELLOWORLD_BUDGET_TEXT=3k &&
			fail "3k is taken for a number"
		said "APPHELLOWORLD_BUDGET_TEXT: '3k' is not a number of bytes"
		must all $llvm APPHELLOWORLD_BUDGET_TEXT=4000 IMAGE_BUDGET_FILE=900000
		grep -q 'budget image file 900000' "$O/facts" ||
			fail "the budget is not noted"
	}
done
{ cat "$APP/defconfig"; echo CONFIG_OPTIMIZE_LTO=y; } >"$W/lto"
must defconfig UK_DEFCONFIG="$W/lto"
must size-report
said '^apphelloworld +[1-9]'
must surface-report
said '^apphelloworld '
said '^ports +apphelloworld +target'
verdict
