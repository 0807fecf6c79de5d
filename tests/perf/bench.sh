#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# bench.sh [NAME]: runs tests/perf/NAME/bench.sh (all), prints a table and
# writes bench.json beside the test results. What is not measured now stays as it
# was measured last. See README.md.
set -u
cd "$(dirname "$0")/../.." || exit 2
: "${TEST_DIR:=$PWD/build/test}"
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES O A L C E N P APP LLVM V
bad=0
all=$TEST_DIR/perf/figures
mkdir -p "$all.of" || exit 2
exec 9>"$TEST_DIR/perf/lock"
flock 9
for b in tests/perf/${1:-*}/bench.sh; do
	name=$(basename "$(dirname "$b")")
	W=$TEST_DIR/perf/$name
	rm -rf "$W" && mkdir -p "$W" || exit 2
	export W TEST_DIR
	sh "$b" >"$W/out" 9>&- || {
		echo "bench: $b failed" >&2
		bad=1
	}
	grep -v '^figure ' "$W/out"
	grep '^figure ' "$W/out" >"$all.of/$name"
done
cat "$all.of"/* >"$all"
[ -s "$all" ] || exit 1
json=$(dirname "$TEST_DIR")/bench.json
awk -v json="$json.new" -f tests/perf/bench.awk "$all" &&
	mv "$json.new" "$json" || exit 1
exit $bad
