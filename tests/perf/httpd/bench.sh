#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Guest instructions of apps/httpd for a request on a connection that stays,
# and for one on a connection of its own. README.md, `httpd`
. tests/perf/lib.sh

in_app() {
	make -C "$PWD" A="$PWD/tests/perf/httpd/app" O="$W/$name" \
		C="$W/$name/.config" CCACHE="$(command -v ccache || :)" \
		LLVM=$llvm "$@" >"$W/make.out" 2>&1 || {
		tail -n 20 "$W/make.out" >&2
		return 1
	}
}
# per_request KIND
per_request() {
	ports=$(python3 -c 'import socket
s = [socket.socket() for _ in range(2)]
for x in s: x.bind(("127.0.0.1", 0))
print(*[x.getsockname()[1] for x in s])')
	# shellcheck disable=SC2086 # two
	python3 tests/perf/httpd/client.py $ports "$1" &
	client=$!
	INSN_ICOUNT='' INSN_FROM=httpd_begin INSN_TO=httpd_end INSN_OPTIONS="
		-I $W/initrd -N tcp:${ports% *}:80 -N tcp:${ports#* }:81" \
		sh tests/perf/insn.sh "$W" "$W/$name/app_kvm-x86_64" microvm |
		awk '{ printf "%d ", $1 / 2000 }'
	kill $client 2>/dev/null || :
}

mkdir -p "$W/site"
awk 'BEGIN { while (n++ < 612) printf "x" }' >"$W/site/index.html"
support/run/initrd "$W/initrd" "$W/site"
# built NAME LINE...: the application, with these lines more
built() {
	name=$1
	shift
	cp tests/perf/httpd/app/defconfig "$W/config"
	printf '%s\n' "$@" >>"$W/config"
	in_app defconfig UK_DEFCONFIG="$W/config" && in_app all
}
# strict by GCC is what can be had of it: kcfi is Clang's.
for name in none strict strict-gcc; do
	llvm=
	profile=$(echo "${name%-gcc}" | tr a-z A-Z)
	set -- "CONFIG_HARDENING_PROFILE_$profile=y"
	[ $name != strict-gcc ] ||
		set -- "$@" CONFIG_EXPERT=y CONFIG_HARDENING_GAPS=y
	[ $name != strict ] || llvm=1
	built $name "$@"
	# shellcheck disable=SC2046 # samples
	figure "httpd.$name.kvm-x86_64.insns_request" insns median 12900 \
		$(per_request keep; per_request keep)
	# shellcheck disable=SC2046
	figure "httpd.$name.kvm-x86_64.insns_connection" insns median 46000 \
		$(per_request new; per_request new)
done

# What of that is each mitigation's: strict without it, and with all.
# Without those of other CPUs.
members() {
	for m in $(grep -v '^#' hardening/profiles/strict.list); do
		grep -q '_CPU := arm64$' "hardening/$m/flags.mk" ||
			echo "$m"
	done
}
option() {
	echo "CONFIG_HARDEN_$(echo "$1" | tr a-z- A-Z_)=$2"
}
llvm=1
for out in all ${BENCH_WITHOUT:-$(members)}; do
	set -- CONFIG_EXPERT=y CONFIG_HARDENING_CUSTOM=y
	for m in $(members); do
		case $m,$out in
		"$out,$out" | flex-arrays,bounds) on=n ;; # which needs it
		*) on=y ;;
		esac
		set -- "$@" "$(option "$m" $on)"
	done
	built "without-$out" "$@"
	p=httpd.strict-without-$out.kvm-x86_64
	[ "$out" != all ] || p=httpd.strict-each.kvm-x86_64
	image=$W/without-$out/app_kvm-x86_64
	figure "$p.file_bytes" bytes min - "$(stat -c %s "$image")"
	# shellcheck disable=SC2046 # samples
	figure "$p.insns_request" insns min - $(per_request keep)
	# shellcheck disable=SC2046
	figure "$p.insns_connection" insns min - $(per_request new)
	rm -rf "$W/without-$out"
done
