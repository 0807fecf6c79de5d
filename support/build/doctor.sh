#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# doctor.sh check			what is here and what is missing; changes nothing
# doctor.sh need GROUP...	silent when all is here; else installs it with
#				apt-get (root or passwordless sudo), or prints
#				the one line to type and exits with 69
#
# Groups: config build arm64 run run-arm64 test llvm report surface unpack
# fetch cert scan.
# DOCTOR_INSTALL=no: only say.
# Something counts as here when it works, whichever way it got there.

set -u
PY=${DOCTOR_PYTHON:-/usr/bin/python3}
SYSROOT=${DOCTOR_SYSROOT:-}		# tests put a pretended system here

# package | groups that need it | how it is probed | what it is for
list() {
	cat <<'END'
make|build run test report|cmd make|runs the build
gcc|build run test report|cmd gcc|compiles images and host tools
libc6-dev|build run test report|file /usr/include/stdio.h|headers for host tools and host tests
binutils|build run test report|cmd objcopy|links and strips images
python3|config build run test report|cmd PY|runs the menu and the reports
python3-kconfiglib|config build run test report|py kconfiglib|reads the menu (Config.uk)
qemu-system-x86|run test|cmd qemu-system-x86_64|runs images on a software CPU
gcc-aarch64-linux-gnu|arm64 test|cmd aarch64-linux-gnu-gcc|compiles images for arm64
qemu-system-arm|run-arm64 test|cmd qemu-system-aarch64|runs images for arm64 on a software CPU
python3-pyelftools|build run report surface test|py elftools|reads images to prove claims
python3-capstone|report surface test|py capstone|disassembles images to prove claims
python3-yaml|report surface test|py yaml|reads the rules of mitigations
python3-ropgadget|surface test|cmd ROPgadget|finds code fragments that attackers chain
clang-19|llvm test|cmd clang-19|the other compiler (LLVM=1)
lld-19|llvm arm64 test|cmd ld.lld-19|its linker, and that of images for arm64
llvm-19|llvm test|cmd llvm-objcopy-19|its object tools
libclang-rt-19-dev|test|file /usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-x86_64.a|fuzzers and their sanitizers
libcmocka-dev|test|file /usr/include/cmocka.h|host unit tests
ccache|test|cmd ccache|builds the many images of the tests once
tmux|test|cmd tmux|the test that opens the menu
xz-utils|unpack fetch test|cmd xz|unpacks sources of ports
bzip2|unpack fetch test|cmd bzip2|unpacks sources of ports
patch|unpack fetch test|cmd patch|patches sources of ports
curl|fetch test|cmd curl|fetches sources of ports, asks servers in images
openssl|cert test|cmd openssl|makes certificates (make run APP=tls-proxy)
sslscan|scan|cmd sslscan|asks tls-proxy what it offers (tests/build/tls-scan)
testssl.sh|scan|cmd testssl|looks for known holes of it
ca-certificates|fetch test|file /etc/ssl/certs/ca-certificates.crt|trusts the servers they come from
END
}

# have KIND WHAT: is it here? Files first: importing in Python takes 0.1 s.
have() {
	case $1 in
	cmd)
		[ "$2" != PY ] || { [ -x "$PY" ]; return; }
		command -v "$2" >/dev/null 2>&1 ;;
	file)
		[ -e "$SYSROOT$2" ] ;;
	py)
		d=$SYSROOT/usr/lib/python3/dist-packages
		[ -e "$d/$2.py" ] || [ -e "$d/$2/__init__.py" ] ||
			{ [ -x "$PY" ] && "$PY" -c "import $2" 2>/dev/null; } ;;
	esac
}

# missing GROUP...: names of packages of these groups that are not here
missing() {
	list | while IFS='|' read -r pkg groups probe _; do
		for g in "$@"; do
			case " $groups " in *" $g "*) ;; *) continue ;; esac
			# shellcheck disable=SC2086 # two words on purpose
			have $probe || printf '%s ' "$pkg"
			break
		done
	done
}

say() {
	printf '%s\n' "doctor: $*" >&2
}

# How to become root: "" (we are), "sudo -n", or failure
as_root() {
	if [ "$(id -u)" = 0 ]; then
		echo ""
	elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		echo "sudo -n"
	else
		return 1
	fi
}

give_up() {
	say "$1"
	if command -v apt-get >/dev/null 2>&1; then
		root='su -c'
		[ "$(id -u)" != 0 ] || root='sh -c'
		! command -v sudo >/dev/null 2>&1 || root='sudo sh -c'
		say "type this line, then try again:"
		printf "%s 'apt-get update && %s %s'\n" "$root" \
			"apt-get install -y --no-install-recommends" \
			"${want% }" >&2
	else
		say "install what provides these Debian packages: ${want% }"
	fi
	exit 69
}

install() {
	[ "${DOCTOR_INSTALL:-yes}" != no ] || give_up "missing: ${want% }"
	command -v apt-get >/dev/null 2>&1 ||
		give_up "missing: ${want% } (and there is no apt-get)"
	root=$(as_root) || give_up "missing: ${want% } (and this is not root)"
	say "missing: ${want% }"
	say "installing with ${root:+$root }apt-get install" \
		"--no-install-recommends ${want% }"
	# Someone else may hold the lock (unattended upgrades): wait for it.
	apt="$root env DEBIAN_FRONTEND=noninteractive apt-get"
	apt="$apt -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3"
	log=$(mktemp) || exit 69
	$apt update >"$log" 2>&1 || say "apt-get update failed; trying anyway"
	# shellcheck disable=SC2086 # a list of packages
	if ! $apt install -y --no-install-recommends $want >>"$log" 2>&1; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		give_up "apt-get failed, its last lines are above"
	fi
	rm -f "$log"
}

need() {
	for g in "$@"; do
		list | cut -d'|' -f2 | tr ' ' '\n' | grep -qx -- "$g" || {
			say "no group '$g'; groups: config build arm64 run" \
				"run-arm64 test llvm report surface unpack" \
				"fetch cert scan"
			exit 64
		}
	done
	want=$(missing "$@")
	[ -n "$want" ] || return 0
	install
	want=$(missing "$@")
	[ -z "$want" ] || give_up "still missing after installing: ${want% }"
	say "installed"
}

version() {
	case $1 in
	cmd)
		c=$2
		[ "$c" != PY ] || c=$PY
		case $c in
		tmux) tmux -V ;;
		openssl) openssl version ;;
		bzip2) bzip2 --version 2>&1 </dev/null | head -n 1 ;;
		*) "$c" --version 2>/dev/null | head -n 1 ;;
		esac ;;
	py)
		"$PY" - "$2" <<'END'
import sys, importlib
m = importlib.import_module(sys.argv[1])
v = getattr(m, "__version__", "") or ".".join(map(str, getattr(m, "VERSION", ())))
print("for", sys.executable, v)
END
		;;
	*) echo "$2" ;;
	esac
}

pythons() {
	p=$(command -v python3 2>/dev/null) || p=
	if [ -n "$p" ] && [ "$p" != "$PY" ] &&
	   ! "$p" -c 'import kconfiglib' 2>/dev/null; then
		echo "python3 on PATH is $p and does not see Debian's modules;" \
			"the build uses $PY"
	elif [ -x "$PY" ]; then
		echo "python3: the build uses $PY"
	fi
}

kvm() {
	if [ ! -e "$SYSROOT/dev/kvm" ]; then
		echo "KVM: not here (not needed: images run on the software CPU)"
	elif [ ! -r "$SYSROOT/dev/kvm" ] || [ ! -w "$SYSROOT/dev/kvm" ]; then
		echo "KVM: /dev/kvm is here, but not for this user (not needed);" \
			"to use it: adduser $(id -un) kvm"
	elif [ -d "$SYSROOT/sys/module/kvm_pvm" ] ||
	     ! grep -qE '^flags.* (vmx|svm)( |$)' "$SYSROOT/proc/cpuinfo"; then
		echo "KVM: /dev/kvm opens, but this CPU shows no VMX or SVM:" \
			"ring 0 is emulated, slow and without SSE. Stay with the" \
			"software CPU"
	else
		echo "KVM: usable with ACCEL=kvm (the software CPU is the default)"
	fi
}

check() {
	list | while IFS='|' read -r pkg groups probe what; do
		# shellcheck disable=SC2086 # two words on purpose
		if have $probe; then
			printf 'ok       %-20s %s\n' "$pkg" \
				"$(version $probe 2>/dev/null | cut -c1-60)"
		else
			printf 'MISSING  %-20s %s; for: %s\n' "$pkg" \
				"$what" "$groups"
		fi
	done
	pythons
	kvm
	want=$(missing build run test llvm report surface fetch cert)
	if [ -z "$want" ]; then
		echo "Everything is here: make run, make test."
	else
		echo "Missing: ${want% }"
		echo "make run and make test install what they need, or say how."
	fi
}

case ${1:-} in
check)
	check ;;
need)
	shift
	need "$@" ;;
*)
	say "usage: doctor.sh check | need GROUP..."
	exit 64 ;;
esac
