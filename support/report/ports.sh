#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# ports.sh: docs/ports.md, from source.hash, README.md and patches/ of each port.
# Run from the root of the tree.
set -eu

# sources FILE: a row for each version of it
sources() {
	awk '!/^#/ && NF {
		if ($1 == "or")
			sub(/^or +/, "")
		deb = $5
		sub(/^deb:/, "", deb)
		printf "| `%s` | %s | `%s` | %d | `%s` |\n", $3, $4, deb, $2, $1
	}' "$1"
}
head='| file | licence | first of its Debian packages | bytes | sha256 |
|---|---|---|---|---|'

cat <<'END'
# Ports

Sources of others that images are built with: fetched at build time by hash,
from Debian's source packages or where the hash file says. Of several versions
the first that can be had is taken. Our own tree holds no line of them, but
patches. Where a port is selected it is built with the profile of its library,
like any other. This page: `sh support/report/ports.sh`.

END
for h in libs/*/source.hash; do
	dir=${h%/*}
	printf '## %s\n\n' "${dir#libs/}"
	cat "$dir/README.md"
	printf '\n%s\n' "$head"
	sources "$h"
	echo
	for p in "$dir"/patches/*.patch; do
		[ -e "$p" ] || continue
		printf -- '- `%s`:' "$p"
		sed -n '/^#/!q; s/^#//p' "$p"
	done
	[ ! -d "$dir/patches" ] || echo
done
cat <<'END'
## To come

`make fetch` has them ready; nothing builds them yet.

END
echo "$head"
sources libs/source.hash
