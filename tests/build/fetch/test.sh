#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 60
# Fetched sources without a network: the first of several versions that can be
# had is taken, and nothing that is not what its hash says.
. tests/build/lib.sh

export DL_DIR="$W/dl" FETCH_OFFLINE=1
mkdir -p "$DL_DIR" "$W/new" "$W/old"
for v in new old; do
	echo "$v" >"$W/$v/which"
	tar -C "$W" -cf "$W/lib_$v.tar" "$v"
done
sum() { sha256sum "$1" | cut -d' ' -f1; }
size() { stat -c %s "$1"; }
cat >"$W/source.hash" <<END
# sha256 size file licence
$(sum "$W/lib_new.tar") $(size "$W/lib_new.tar") lib_new.tar MIT url:https://example.org/new.tar
or $(sum "$W/lib_old.tar") $(size "$W/lib_old.tar") lib_old.tar MIT
END
get() {
	rm -f "$W/got"
	sh support/build/fetch.sh "$W/source.hash" "$1" "" "$W/got" \
		>"$W/name" 2>"$W/out"
}

get "lib_new.tar lib_old.tar" && fail "fetched from nowhere"
said 'lib_new.tar cannot be had'
said 'from +https://example.org/new.tar'
said 'lib_old.tar cannot be had'

cp "$W/lib_old.tar" "$DL_DIR"
get "lib_new.tar lib_old.tar" || fail "the other version is not taken"
cmp -s "$W/got" "$W/lib_old.tar" || fail "that is not the other version"
[ "$(cat "$W/name")" = lib_old.tar ] || fail "it does not say which it took"
sh support/build/fetch.sh "$W/source.hash" all "" - >"$W/name" ||
	fail "all: one version of each is enough"

cp "$W/lib_new.tar" "$DL_DIR"
get "lib_new.tar lib_old.tar" || fail "the first version is not taken"
cmp -s "$W/got" "$W/lib_new.tar" || fail "that is not the first version"

# Same length, another byte: refused, and the other version serves.
tr w x <"$W/lib_new.tar" >"$DL_DIR/lib_new.tar"
get lib_new.tar && fail "a file with a wrong hash is taken"
said "sha256 is .* $(sum "$W/lib_new.tar") expected"
echo >>"$DL_DIR/lib_new.tar"
get lib_new.tar && fail "a file of wrong length is taken"
said 'bytes, .* expected'
get "lib_new.tar lib_old.tar" || fail "the other version does not help out"
get lib_none.tar && fail "a file without a line is taken"
said 'no line for lib_none.tar'
verdict
