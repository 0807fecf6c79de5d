#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# profiles.sh: which mitigation is in which profile, as a table for README.md,
# from hardening/profiles and the titles of the mitigations.
set -eu
cd "$(dirname "$0")/../../hardening"
echo "| mitigation | scope | baseline | standard | strict |"
echo "|---|---|:-:|:-:|:-:|"
for f in */flags.mk; do
	m=${f%/flags.mk}
	title=$(sed -n 's/^HARDEN_.*_TITLE *:*= *//p' "$f")
	scope=$(sed -n 's/^HARDEN_.*_SCOPE *:*= *//p' "$f")
	printf '| [%s](hardening/%s/README.md) |' "${title:-$m}" "$m"
	printf ' %s |' "${scope:-image}"
	for p in baseline standard strict; do
		if grep -qx "$m" "profiles/$p.list"; then
			printf ' yes |'
		else
			printf ' |'
		fi
	done
	echo
done
