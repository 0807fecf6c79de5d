#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 120
# support/run/guest tells how a machine ended, also where QEMU itself fails
# or the machine says nothing: a machine that never ran is no status 0.
. tests/build/lib.sh

# kernel NAME INSTRUCTION...: the least that QEMU boots
kernel() {
	name=$1
	shift
	{
		echo '.code32; .text; .globl _start; _start:'
		printf '%s\n' "$@"
		echo '1: hlt; jmp 1b'
		echo '.section .note.Xen, "a", @note; .long 4, 4, 18'
		echo '.asciz "Xen"; .long _start'
	} >"$W/$name.S"
	gcc -m32 -c "$W/$name.S" -o "$W/$name.o" &&
		ld -m elf_i386 -Ttext 0x100000 -o "$W/$name" "$W/$name.o" ||
		die "cannot build $name"
}
# ends STATUS OPTION...: guest ends so
ends() {
	want=$1
	shift
	support/run/guest "$@" >"$W/out" 2>&1
	st=$?
	[ $st -eq "$want" ] || {
		cat "$W/out"
		fail "guest $*: status $st, not $want"
	}
}

for s in 0 1 63 64 70 71 72 73 127; do
	kernel "s$s" "mov \$$s, %eax" 'outb %al, $0xf4'
	ends "$s" -t 20 "$W/s$s"
done
ends 0 -t 20 -M q35 "$W/s0"
ends 70 -t 20 -M pc -m 32M "$W/s70"
devices="-k device=isa-vga -k device=ne2k_isa -k device=virtio-blk-pci,drive=d
	-k drive=driver=null-co,if=none,id=d"
for m in q35 pc; do
	# shellcheck disable=SC2086 # words
	ends 0 -t 20 -M $m $devices "$W/s0"
done
kernel hang ''
ends 124 -t 1 "$W/hang"
said 'no end within 1 seconds'
kernel reset 'ud2'
ends 125 -t 20 "$W/reset"
said 'without a status'
ends 125 -t 20 -a nosuch "$W/s0"
said 'QEMU did not start'
ends 125 -t 20 -k cpu=nosuch "$W/s0"
echo 'not an image' >"$W/text"
ends 125 -t 20 -p kvm "$W/text"
ends 125 -t 20 "$W/nosuch"
said 'no such image'
ends 125 -M toaster "$W/s0"
ends 0 -n -N tcp:80:81 -N udp:82:83 -N "cmd:10.0.2.9:84:a 'b,c'" "$W/s0"
said "hostfwd=tcp:127.0.0.1:80-:81,hostfwd=udp:127.0.0.1:82-:83,guestfwd=tcp:10.0.2.9:84-cmd:a '.*b,,c'"
for n in tcp:80 tcp:80:x cmd:10.0.2.9:80 cmd:10.0.2.9:x:a nothing; do
	ends 125 -N $n "$W/s0"
	said "^guest: -N $n: "
done
ends 125 -t soon "$W/s0"

# A process: its own status, or the time limit.
cat >"$W/process.c" <<'END'
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	if (argc < 2)
		sleep(30);
	return atoi(argv[1]);
}
END
gcc -o "$W/process" "$W/process.c" || die "cannot build a process"
ends 7 -t 20 "$W/process" -- 7
ends 71 -p linuxu "$W/process" -- 71
ends 124 -t 1 "$W/process"

# -n prints one line that a shell reads back as it was.
support/run/guest -n -M pc -m 8M "$W/s0" -- 'a=b c' "it's" 2>"$W/out"
said "^qemu-system-x86_64 -accel tcg -cpu max -M pc -m 8M "
eval "set -- $(cat "$W/out")"
while [ $# -gt 2 ]; do shift; done
[ "$1" = -append ] && [ "$2" = "a=b c it's" ] || fail "-append came back as $2"
verdict
