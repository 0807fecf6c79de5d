#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# What make inspect tells of a finished image far from its tree: its note, what
# its bytes show, the whole matrix if its .dbg twin is beside it; and that files
# that are cut off, changed or made up get a message and status 2, not a crash.
. tests/build/lib.sh

here=$PWD/tests/build/inspect
# inspect FILE: $W/out, and its status; by a tool that has left the tree
inspect() {
	(cd "$W/tool" && sh support/report/inspect.sh "$1") >"$W/out" 2>&1
}
must inspector
mkdir "$W/tool" && tar -C "$W/tool" -xzf "$O/inspector.tar.gz" ||
	die "no inspector"

app helloworld
cat >>"$APP/Makefile.uk" <<'END'
APPHELLOWORLD_HARDEN_EXEMPT_BOUNDS := shows "an exemption" & \ more
END
for llvm in '' LLVM=1; do
	# shellcheck disable=SC2086 # a word or none
	must defconfig $llvm UK_DEFCONFIG="$APP/defconfig"
	# shellcheck disable=SC2086
	must hardening-report $llvm
	grep -v '^the same as a page' "$W/out" | sed -n '/^Hardening/,$p' |
		sed '/^ *$/d' >"$W/matrix"
	far=$W/far${llvm%=1}
	mkdir -p "$far"
	cp "$O"/*_kvm-x86_64 "$far/image"
	inspect "$far/image" || fail "a good image: status $?"
	said '^  version +[0-9]'
	said "^  compiler +$([ -n "$llvm" ] && echo clang || echo gcc) [0-9]"
	said '^  profile +standard$'
	said "^  layout +the linker's, not made to be relinked$"
	said '^  exempt +apphelloworld/bounds: shows "an exemption" & \\ more$'
	said '^  built by +CONFIG_PLAT_KVM=y$'
	said '^  ok +none of its [0-9]+ segments is writable and executable$'
	said '^  ok +stripped: no symbols are in it$'
	said '^  ok +the stack canary is read at [1-9]'
	said 'put its .dbg twin beside it'
	cp "$O"/*_kvm-x86_64.dbg "$far/image.dbg"
	inspect "$far/image" || fail "with its twin: status $?"
	# What takes the objects that it was linked from it cannot say here.
	grep -v 'in any of [0-9]* objects$' "$W/matrix" >"$W/alone"
	sed -n '/^Hardening/,$p' "$W/out" | sed 's/image,/helloworld_kvm-x86_64,/
		/^ *$/d' | diff "$W/alone" - ||
		fail "the matrix is not that of hardening-report"
done
# The twin of another image proves nothing.
cp "$W/far/image.dbg" "$W/farLLVM/image.dbg"
inspect "$W/farLLVM/image"
[ $? -eq 2 ] || fail "the twin of another image is believed"
said 'do not load the same bytes'
inspect "$W/far/nosuch"
[ $? -eq 2 ] || fail "a file that is not there"
/usr/bin/python3 "$here/garbage.py" "$PWD/support/report" "$W/far/image" ||
	fail "garbage is not refused as it should be"
# A claim that the bytes contradict.
/usr/bin/python3 "$here/garbage.py" "$PWD/support/report" "$W/far/image" \
	rights >"$W/far/bad" || fail "no image with other rights"
inspect "$W/far/bad"
[ $? -eq 1 ] || fail "a writable and executable segment gets status $?"
said '^  NO +writable and executable: PT_LOAD at 0x'
verdict
