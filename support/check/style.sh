#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# style.sh [report]: licence line, no work left open, sizes. Prints what is
# wrong and exits with 1; `report` prints a table of sizes instead.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${CHECK_ROOT:-$here/../..}"

# What people write: no build folders, no fetched sources, no corpora.
find . \( -name .git -o -name build -o -name corpus -o -name __pycache__ \
	-o -name '.redoubt*' -o -name exportsyms.uk \) -prune -o -type f \
	\( -name '*.[chS]' -o -name '*.sh' -o -name '*.mk' -o -name '*.awk' \
	-o -name '*.py' -o -name '*.uk' -o -name Makefile -o -name '*.list' \
	-o -name '*.yaml' -o -name guest -o -path './.ci/run' \) -print |
	sed 's,^\./,,' | LC_ALL=C sort >"${TMPDIR:-/tmp}/style.$$"
trap 'rm -f "${TMPDIR:-/tmp}/style.$$"' EXIT
# shellcheck disable=SC2046 # no names with spaces in the tree
awk -v report="${1:-}" -f "$here/style.awk" \
	$(cat "${TMPDIR:-/tmp}/style.$$")
