#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Who includes whose public headers, and who declares whom: against the rules
# of layers.awk. Prints each violation as file:line; exit status 1 if any.
# CHECK_ROOT: another tree than this one (tests).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${CHECK_ROOT:-$here/../..}"

# Three kinds of lines for the rules: headers that exist, includes, DEPENDS.
# An #include_next names nobody: a wrapper takes whatever it is put before.
facts() {
	find arch plat core hardening alloc sched libs apps -name '*.h' \
		-path '*/include/*' | sed 's/^/HEADER /'
	find arch plat core hardening alloc sched libs apps tests/boot \
		\( -name '*.[chS]' -o -name '*.cc' -o -name '*.cpp' \) \
		-exec grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' /dev/null {} + |
		sed -nE 's/^([^:]*:[0-9]+):[^<"]*([<"][^>"]*)[>"].*/INCLUDE \1 \2/p'
	find arch plat core hardening alloc sched libs apps -name Makefile.uk \
		-o -path 'hardening/*/flags.mk' |
		while read -r mk; do
			awk '{ line = line $0 }
			sub(/\\$/, " ", line) { next }
			{ print "MAKE " FILENAME ":" FNR " " line; line = "" }
			' "$mk"
		done
}

facts | LC_ALL=C sort -u | awk -f "$here/layers.awk"
