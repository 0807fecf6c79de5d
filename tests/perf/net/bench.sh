#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Guest instructions for a request on a connection that stays, and for one on
# a connection of its own: driver, lwIP and 850 bytes of answer; and many short
# connections. README.md, `net`
. tests/perf/lib.sh

in_app() {
	make -C "$PWD" A="$PWD/tests/perf/net/app" O="$W/$profile" \
		C="$W/$profile/.config" CCACHE="$(command -v ccache || :)" \
		LLVM=$llvm "$@" >"$W/make.out" 2>&1 || {
		tail -n 20 "$W/make.out" >&2
		return 1
	}
}
free_port() {
	python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
# per_request KIND
per_request() {
	port=$(free_port)
	python3 tests/perf/net/client.py "$port" "$1" &
	client=$!
	INSN_ICOUNT='' INSN_FROM=net_begin INSN_TO=net_end \
		INSN_OPTIONS="-N tcp:$port:80" sh tests/perf/insn.sh "$W" \
		"$W/$profile/app_kvm-x86_64" microvm |
		awk '{ printf "%d ", $1 / 2000 }'
	kill $client 2>/dev/null || :
}

# many NUMBER: short connections one after another
many() {
	port=$(free_port)
	python3 tests/perf/net/client.py "$port" many >"$W/many" &
	client=$!
	support/run/guest -t 1000 -N "tcp:$port:80" \
		"$W/$profile/app_kvm-x86_64" -- -- "$1" >"$W/many.log" 2>&1 || {
		tail -n 20 "$W/many.log" >&2
		return 1
	}
	wait $client
	read -r count slowest first gap <"$W/many"
	name=net.$profile.kvm-x86_64.short_connections
	figure "$name" count min "$1" "$count"
	figure "${name}_slowest_tenth" percent min 100 \
		"$((slowest * 100 / first))"
	figure "${name}_gap_ms" ms min 1000 \
		"$(awk -v s="$gap" 'BEGIN { print s * 1000 }')"
}

for profile in none standard strict; do
	llvm=
	[ $profile != strict ] || llvm=1
	cp tests/perf/net/app/defconfig "$W/config"
	echo "CONFIG_HARDENING_PROFILE_$(echo $profile | tr a-z A-Z)=y" \
		>>"$W/config"
	in_app defconfig UK_DEFCONFIG="$W/config"
	in_app all
	# shellcheck disable=SC2046 # samples
	figure "net.$profile.kvm-x86_64.insns_request" insns median 12900 \
		$(per_request keep; per_request keep)
	# shellcheck disable=SC2046
	figure "net.$profile.kvm-x86_64.insns_connection" insns median 46000 \
		$(per_request new; per_request new)
done
many 100000
