#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 60
# The doctor on a pretended machine: what it says, installs and gives up on.
. tests/build/lib.sh

# A PATH with nothing on it but what the doctor itself is written with, and
# an apt-get that installs by putting programs there.
bin=$W/bin sys=$W/sys
mkdir -p "$bin" "$sys/usr/include" "$sys/usr/lib/python3/dist-packages"
for c in sh cut tr grep sed head tail printf id mktemp rm env cat; do
	ln -s "$(command -v "$c")" "$bin/$c"
done
cat >"$bin/apt-get" <<END
#!/bin/sh
echo "apt-get \$*" >>"$W/apt.log"
case " \$* " in
*" install "*) ;;
*) exit 0 ;;
esac
[ ! -e "$W/broken" ] || { echo "E: no such package"; exit 100; }
for p in gcc make qemu-system-x86_64 objcopy python3; do
	/bin/ln -sf /bin/true "$bin/\$p"
done
/bin/mkdir -p "$sys/usr/lib/python3/dist-packages/elftools"
: >"$sys/usr/include/stdio.h"
: >"$sys/usr/lib/python3/dist-packages/kconfiglib.py"
: >"$sys/usr/lib/python3/dist-packages/elftools/__init__.py"
END
chmod +x "$bin/apt-get"

doctor() {
	echo "+ doctor $*"
	env -i PATH="$bin" DOCTOR_SYSROOT="$sys" DOCTOR_PYTHON="$bin/python3" \
		DOCTOR_INSTALL="${install:-yes}" TMPDIR="$W" \
		sh support/build/doctor.sh "$@" >"$W/out" 2>&1
	st=$?
	cat "$W/out"
	return $st
}
said() {
	grep -q -- "$1" "$W/out" || fail "it should have said: $1"
}

# Reporting changes nothing and succeeds, whatever is missing.
doctor check || fail "check ended with $?"
said '^MISSING  qemu-system-x86 '
[ ! -e "$W/apt.log" ] || fail "check called apt-get"

# Not allowed to install: the one line to type, status 69.
install=no doctor need build run
[ $? -eq 69 ] || fail "status is not 69"
said "apt-get update && apt-get install -y --no-install-recommends make gcc"
[ ! -e "$W/apt.log" ] || fail "called apt-get although it may not"

# Installing: says what first, then nothing is missing any more.
if [ "$(id -u)" = 0 ]; then
	: >"$W/broken"
	doctor need build
	[ $? -eq 69 ] || fail "a failed apt-get does not end with 69"
	said 'E: no such package'
	rm "$W/broken"
	doctor need build run || fail "status $? after installing"
	said 'installing with apt-get install --no-install-recommends make gcc'
	grep -q 'Lock::Timeout=300.* install .* qemu-system-x86' "$W/apt.log" ||
		fail "did not install QEMU, or without waiting for the lock"
	: >"$W/apt.log"
	doctor need build run || fail "status $? with everything there"
	[ ! -s "$W/out" ] || fail "is not silent with everything there"
	[ ! -s "$W/apt.log" ] || fail "installs what is there"
else
	echo "not root: installing is not tried"
fi

doctor need everything
[ $? -eq 64 ] || fail "an unknown group is not refused"
verdict
