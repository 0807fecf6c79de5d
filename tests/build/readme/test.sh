#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The README says what is so: its table of profiles is the one that the tree
# gives, and so is the page of ports; its links lead somewhere, its test command
# is what CI runs.
. tests/build/lib.sh

sh support/report/profiles.sh >"$W/table"
sed -n '/^| mitigation/,/^$/p' README.md | grep . >"$W/readme"
cmp -s "$W/table" "$W/readme" || {
	diff "$W/table" "$W/readme"
	fail "the table of profiles is not what profiles.sh prints"
}
sh support/report/ports.sh | diff docs/ports.md - ||
	fail "docs/ports.md is not what ports.sh prints"
for f in README.md CONTRIBUTING.md docs/*.md hardening/*.md tests/*.md; do
	grep -o '](\([^)#]*\)' "$f" | sed 's/^](//' | grep -v '^http' |
		while read -r to; do
		[ -e "$(dirname "$f")/$to" ] || echo "$f: $to does not exist"
	done
done >"$W/dead"
[ ! -s "$W/dead" ] || { cat "$W/dead"; fail "dead links"; }
grep -q '^    make test ' README.md || fail "README names no test command"
grep -q 'make test' .ci/run || fail ".ci/run does not run it"
verdict
