#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The attacks that the tree declares are many, each has a control, and
# docs/attacks.md tells of them and of no others. What is taken away on purpose
# must be missed.
. tests/build/lib.sh

# check JOBS TABLE: its words are in $W/out
check() {
	/usr/bin/python3 support/report/attacks.py --check "$@" >"$W/out" 2>&1
}
# missed REGEX JOBS TABLE
missed() {
	why=$1
	shift
	check "$@" && fail "passes without: $why"
	said "$why"
}

sh support/run/joblist.sh attack >"$W/jobs" || die "no list of attacks"
check "$W/jobs" docs/attacks.md ||
	fail "$(cat "$W/out"): make attack, then make attack-table"
cat "$W/out"

# One act less in the table, one more; few acts; no control; a control that
# may die; one with the mitigation on.
sed '/^| `write-text` | wx /d' docs/attacks.md >"$W/less.md"
missed 'does not tell of wx/write-text' "$W/jobs" "$W/less.md"
sed 's/^| `write-text` | wx /| `write-tent` | wx /' docs/attacks.md >"$W/other.md"
missed 'tells of wx/write-tent, which is not declared' "$W/jobs" "$W/other.md"
sed '/^job attack\/[^wx]/,/^$/d' "$W/jobs" >"$W/few"
missed 'different acts are declared' "$W/few" docs/attacks.md
one=attack/wx/gcc/microvm/write-text
sed "\\,^job $one/control,,/^\$/d" "$W/jobs" >"$W/bare"
missed "$one has no control" "$W/bare" docs/attacks.md
sed "\\,^job $one/control,,/^\$/s/^match.*/match ^Crash/" "$W/jobs" >"$W/dies"
missed "$one has a control that need not" "$W/dies" docs/attacks.md
sed "\\,^job $one/control,,/^\$/s,^\\(needs .*\\)/control,\\1/on," "$W/jobs" >"$W/same"
missed "$one has a control with the mitigation on" "$W/same" docs/attacks.md
verdict
