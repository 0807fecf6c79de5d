#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# How soon after the start of QEMU there is an answer. README.md, `reply`
. tests/perf/lib.sh

gcc -m32 -c tests/perf/trivial.S -o "$W/trivial.o"
ld -m elf_i386 -Ttext 0x100000 -o "$W/trivial" "$W/trivial.o"
mkdir -p "$W/files"
echo hello >"$W/files/index.html"
sh support/run/testcert "$W/files" test
echo 'server default test.pem test.key 10.9.0.1:80' >"$W/files/proxy.conf"
support/run/initrd "$W/initrd" "$W/files"

LLVM=1
export LLVM
for app in ${BENCH_APPS:-daytime httpd tls-proxy}; do
	for profile in none strict; do
		i=$(image "$app-$profile" $app \
			"CONFIG_HARDENING_PROFILE_$(echo $profile | tr a-z A-Z)=y" \
			'# CONFIG_DEBUG_SYMBOLS is not set')
		# shellcheck disable=SC2046 # samples
		figure "$app.$profile.kvm-x86_64.first_reply_ms" ms min 40 \
			$(python3 tests/perf/reply/client.py $app "$i" \
				"$W/trivial" "$W/initrd" "${BENCH_RUNS:-10}")
	done
done
