#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Size and memory of applications that serve. README.md, `serving`
. tests/perf/lib.sh

# serving APP PROFILE FILE-BYTES KIB FIGURE LINE...
serving() {
	a=$1 p=$2 bytes=$3 kib=$4 figure=$5
	shift 5
	i=$(image "$a-$p" "$a" "CONFIG_HARDENING_PROFILE_$(echo "$p" |
		tr a-z A-Z)=y" '# CONFIG_DEBUG_SYMBOLS is not set' "$@")
	name=$a.$p.kvm-x86_64
	figure "$name.file_bytes" bytes min "$bytes" "$(stat -c %s "$i")"
	figure "$name.$figure" KiB min "$kib" \
		"$(python3 tests/perf/serving/client.py "$a" "$i" "$W")"
}
serving daytime none 286720 2048 min_mem_kib
serving tls-proxy none 819200 4096 min_mem_50_kib
serving daytime standard 286720 2048 min_mem_kib
serving tls-proxy standard 819200 4096 min_mem_50_kib \
	CONFIG_LIBMUSL_PROFILE_STRICT=y CONFIG_EXPERT=y CONFIG_HARDENING_GAPS=y
LLVM=1
export LLVM
serving daytime strict 286720 2048 min_mem_kib
serving tls-proxy strict 819200 4096 min_mem_50_kib
