#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# random.sh COUNT SEED [option of testrun]...
# tests/build/random with so many seeds from this one on; in the end, those
# that failed and what to type to see one again.
set -u
cd "$(dirname "$0")/../.." || exit 2
for number in "$1" "$2"; do
	case $number in
	'' | *[!0-9]* | 0?* | ?????????*)
		echo "random: N= and SEED= are numbers, not '$number'" >&2
		exit 2 ;;
	esac
done
[ "$1" -gt 0 ] || {
	echo "random: N=0 tries nothing" >&2
	exit 2
}
export RANDOM_N="$1" RANDOM_SEED="$2"
shift 2
echo "random: seeds $RANDOM_SEED to $((RANDOM_SEED + RANDOM_N - 1))"
results=$(dirname "${TEST_DIR:-$PWD/build/test}")/random.json
rm -f "$results"
sh support/run/tests.sh random "$@"
status=$?
bad=$(sed -nE 's,.*"name": "build/random/([0-9]+)".*"state": "(error|failure|crash)".*,\1,p' \
	"$results" 2>/dev/null)
[ -z "$bad" ] || {
	# shellcheck disable=SC2086
	echo "random: failed with seeds" $bad
	echo "random: one again: make random N=1 SEED=$(echo "$bad" | sed 1q)"
}
exit "$status"
