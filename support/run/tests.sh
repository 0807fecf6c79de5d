#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# tests.sh "KIND..." [option of testrun]...
# Builds the runner, writes the list of jobs and runs those of these kinds.
# Results: $TEST_DIR/../test.json, and attack.json or random.json when those
# were run.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
: "${TEST_DIR:=$root/build/test}"
case $TEST_DIR in
/*) ;;
*) TEST_DIR=$root/$TEST_DIR ;;
esac
case $TEST_DIR in
*[!A-Za-z0-9_./+@%-]*)
	echo "tests: cannot work in '$TEST_DIR': odd characters" >&2
	exit 2 ;;
esac
[ -n "${FUZZ_SECONDS:-}" ] || FUZZ_SECONDS=2
export TEST_DIR FUZZ_SECONDS UK_ROOT="$root"
kinds=$1
shift

# The make that started us must not lend its options to those further down.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES O A L C E N P APP LLVM V
mkdir -p "$TEST_DIR/log" || exit 2
exec 9>"$TEST_DIR/lock"
flock -n 9 || {
	echo "tests: another run uses $TEST_DIR; waiting (TEST_DIR= for" \
		"a place of your own)" >&2
	flock 9
}
rm -f "$TEST_DIR"/log/*.log
make -s -f tests/host.mk runner || exit 2
for k in $kinds; do
	sh support/run/joblist.sh "$k" || exit 2
done >"$TEST_DIR/jobs" || exit 2

results=$(dirname "$TEST_DIR")
set -- "$@" -l "$TEST_DIR/log"
case " $kinds " in *" attack "*) set -- "$@" -o "$results/attack.json:attack" ;;
esac
case $kinds in
*" "*) set -- "$@" -o "$results/test.json" ;;
random) set -- "$@" -o "$results/random.json" ;;
esac
exec "$TEST_DIR/testrun" "$@" "$TEST_DIR/jobs"
