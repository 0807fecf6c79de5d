#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# each: gcc
# An object that asks for an executable stack, or does not say that it needs
# none, is not built into an image with wx: the object is named. The same file
# with the mark is, and so is that object without wx. The report sees it as
# well, of a list of objects with such a one.
. tests/build/lib.sh

llvm=
[ "$1" = gcc ] || llvm=LLVM=1
app helloworld
echo 'APPHELLOWORLD_SRCS-y += $(APPHELLOWORLD_BASE)/planted.S' >>"$APP/Makefile.uk"
config() {
	printf '%s\n' CONFIG_PLAT_KVM=y CONFIG_EXPERT=y \
		CONFIG_HARDENING_CUSTOM=y CONFIG_HARDEN_KCFI=n "$@" >"$W/config"
	must defconfig $llvm UK_DEFCONFIG="$W/config"
}
# planted LINE: a file of assembly that ends with it
planted() {
	printf '%s\n' '.text' '.globl planted' 'planted: ret' "$1" \
		>"$APP/planted.S"
}
refused() {
	uk all $llvm && fail "an image is built with an object that $1"
	said "planted\\.o of apphelloworld $1"
	[ ! -e "$O/helloworld_kvm-x86_64" ] || fail "refused, and there"
}

config CONFIG_HARDEN_WX=y
planted '.section .note.GNU-stack, "x", @progbits'
refused 'asks for an executable stack'
planted ''
refused 'does not say that its stack need not be executable'
planted '.section .note.GNU-stack, "", @progbits'
must all $llvm
must hardening-report $llvm
said 'image/wx: no stack is executable in any of [0-9]+ objects'

# What a compiler makes: the address of a function within a function.
if [ "$1" = gcc ]; then
	cp "$APP/main.c" "$W/main.c"
	cat >>"$APP/main.c" <<'END'
int nested(int (*call)(int (*f)(int)), int n);
int nested(int (*call)(int (*f)(int)), int n)
{
	int add(int x) { return x + n; }

	return call(add);
}
END
	uk all && fail "an image is built with code on the stack"
	said 'main\.o of apphelloworld asks for an executable stack'
	cp "$W/main.c" "$APP/main.c"
	must all
fi

# The report looks for itself.
planted '.section .note.GNU-stack, "x", @progbits'
cc -c "$APP/planted.S" -o "$W/planted.o"
echo "apphelloworld $W/planted.o" >>"$O/objects"
/usr/bin/python3 support/report/report.py --check none \
	"$O/helloworld_kvm-x86_64" >"$W/out" 2>&1
/usr/bin/python3 support/report/report.py "$O/helloworld_kvm-x86_64" \
	>"$W/out" 2>&1
said 'planted\.o of apphelloworld asks for an executable'

config CONFIG_HARDEN_WX=n
must all $llvm
verdict
