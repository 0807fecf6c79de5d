#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# ukallochard against the C library's allocator: processor time (user and
# system) of programs that do little but malloc and free, all kinds in turns,
# the least of n. Then what each option costs: full without it.
. tests/perf/lib.sh

RUNS=${BENCH_RUNS:-8}
LOADS="bignum cubes mix server words buffers"
full="RANDOM=1 CANARY=1 ZERO=1 CHECK=1 QUARANTINE=32"
# kind NAME OPTION...: full without these
without() {
	kind=$1
	shift
	set -- "$kind" "$(echo "$full" | tr ' ' '\n' |
		grep -vE "^($(echo "$@" | tr ' ' '|'))=" | tr '\n' ' ')"
	printf 'HOSTALLOC_%s=%s\n' "$1" "$2"
}
make -s -f support/hostalloc/hostalloc.mk UK_ROOT="$PWD" OUT="$W/so" \
	"$(without norandom RANDOM)" "$(without nocanary CANARY)" \
	"$(without nocheck CHECK)" "$(without nozero CHECK ZERO)" \
	"$(without noquarantine QUARANTINE)" \
	"$(without bare RANDOM CANARY ZERO CHECK QUARANTINE)" >"$W/make.out"
${HOSTCC:-gcc} -std=gnu17 -O2 -o "$W/load" tests/perf/alloc/*.c
KINDS="full light sampled norandom nocanary nocheck nozero noquarantine bare"

# once KIND LOAD: a line "KIND LOAD RESULT MICROSECONDS"
once() {
	so=
	[ "$1" = libc ] || so=$W/so/libukallochard-$1.so
	LD_PRELOAD=$so "$W/load" "$2" | awk -v k="$1" '{ print k, $1, $2, $3 }'
}
i=0
while [ $i -lt "$RUNS" ]; do
	for l in $LOADS; do
		for k in libc $KINDS; do
			once "$k" "$l"
		done
	done
	i=$((i + 1))
done >"$W/times"

# Every kind computed the same; least time of each; ratios and their mean.
awk -v kinds="$KINDS" -v loads="$LOADS" '
{
	if (($2 in result) && result[$2] != $3)
		wrong = $1 " " $2
	result[$2] = $3
	if (!(($1, $2) in t) || $4 < t[$1, $2])
		t[$1, $2] = $4
}
function limit(k) {
	return k == "full" ? 1.6 : k == "light" ? 1.15 : "-"
}
END {
	if (wrong) {
		print "alloc: another result: " wrong >"/dev/stderr"
		exit 1
	}
	n = split(loads, load, " ")
	m = split(kinds, kind, " ")
	for (j = 1; j <= m; j++) {
		k = kind[j]
		s = 0
		for (i = 1; i <= n; i++) {
			r = t[k, load[i]] / t["libc", load[i]]
			s += log(r)
			printf "figure alloc.%s.%s_vs_glibc ratio min - %.3f\n",
				k, load[i], r
		}
		printf "figure alloc.%s.geomean_vs_glibc ratio min %s %.3f\n",
			k, limit(k), exp(s / n)
	}
}' "$W/times"
