#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# joblist.sh KIND: writes the jobs of one kind, found by their places in the
# tree, for testrun. Run from the root of the tree with TEST_DIR set.
set -eu
host="make -s -f tests/host.mk"
: "${PYTHON:=/usr/bin/python3}"

# Host tests and fuzzers: built by the job itself, 125 = it did not build.
list_unit() {
	$host list | while read -r kind name limit; do
		[ "$kind" = unit ] || continue
		cat <<END
job unit/$name
kind unit
limit $((limit + 240))
run $host unit/$name || exit 125; exec timeout $limit $TEST_DIR/unit/$name/test

END
	done
}

list_fuzz() {
	$host list | while read -r kind name limit; do
		[ "$kind" = fuzz ] || continue
		cat <<END
job fuzz/$name
kind fuzz
limit $((limit + FUZZ_SECONDS + 240))
run $host fuzz/$name || exit 125; exec $host run-fuzz-$name

END
	done
}

# Applications that boot, and attacks: support/run/expect.awk reads `expect`.
list_boot() {
	for f in tests/boot/*/expect; do
		[ -e "$f" ] || continue
		d=${f%/expect}
		awk -v mode=boot -v name="boot/${d##*/}" -v dir="$d" \
			-v out="$TEST_DIR" -f support/run/expect.awk "$f"
	done
	list_scripts boot tests/boot
}

# The same on a real Xen, as far as it can be had.
list_xen() {
	cat <<END
job step/xen
kind step
limit 400
run exec $PYTHON support/xen/guest.py -P

END
	for f in tests/xen/*/expect; do
		d=${f%/expect}
		awk -v mode=boot -v name="xen/${d##*/}" -v dir="$d" \
			-v out="$TEST_DIR" -f support/run/expect.awk "$f"
	done
	list_scripts xen tests/xen
}

list_attack() {
	for f in hardening/*/attack*/expect tests/attack/*/expect; do
		[ -e "$f" ] || continue
		d=${f%/expect}
		case $d in tests/*)
			awk -v mode=attack -v name="attack/${d##*/}" \
				-v dir="$d" -v out="$TEST_DIR" \
				-f support/run/expect.awk "$f"
			continue ;;
		esac
		m=${d#hardening/}
		topic=${d##*/attack}
		awk -v mode=attack -v name="attack/${m%%/*}$topic" \
			-v mitigation="${m%%/*}" -v dir="$d" \
			-v scope="$(sed -n 's/^HARDEN_.*_SCOPE := //p' \
				"hardening/${m%%/*}/flags.mk")" \
			-v out="$TEST_DIR" -f support/run/expect.awk "$f"
	done
}

# list_scripts KIND FOLDER: FOLDER/*/test.sh
list_scripts() {
	for f in "$2"/*/test.sh; do
		[ -e "$f" ] || continue
		# Either one job, or one for each word of an `each` line.
		# shellcheck disable=SC2046
		list_script "$1" "$f" $(sed -n '1,10s/^# each: *//p' "$f" |
			grep . || echo -)
	done
}

# list_script KIND FILE WORD...: a job for each word, `-` for none
list_script() {
	kind=$1 f=$2 d=${2%/test.sh}
	shift 2
	limit=$(sed -n '1,10s/^# limit: *//p' "$f")
	alone=$(sed -n '1,10s/^# alone$/alone/p' "$f")
	for i; do
		[ "$i" != - ] || i=
		cat <<END
job $kind/${d##*/}${i:+/$i}
kind $kind
limit ${limit:-300}
$alone
run exec sh $f $i

END
	done
}

list_build() {
	list_scripts build tests/build
}

# What takes minutes: other people's test suites inside images.
list_suites() {
	list_scripts suites tests/suites
}

# As many as are wanted of what list_build has a few of.
list_random() {
	# shellcheck disable=SC2046
	list_script build tests/build/random/test.sh \
		$(seq "$RANDOM_SEED" $((RANDOM_SEED + RANDOM_N - 1)))
}

list_check() {
	for c in layers headers style rules; do
		cat <<END
job check/$c
kind check
limit 120
run exec sh support/check/$c.sh

END
	done
}

case ${1:-} in
unit | fuzz | boot | xen | attack | build | random | check | suites)
	"list_$1" ;;
*)
	echo "joblist: no kind of tests '${1:-}'" >&2
	exit 2 ;;
esac
