# SPDX-License-Identifier: BSD-3-Clause
# For tests of the build tool: sourced by tests/build/*/test.sh, which run
# from the root of the tree. Everything they write is below $W, which is new.
set -u
: "${TEST_DIR:=$PWD/build/test}"
UK_ROOT=$PWD
W=$TEST_DIR/build/$(basename "$(dirname "$0")")
rm -rf "$W" && mkdir -p "$W" || exit 125
CCACHE=$(command -v ccache || :)
# The build folder that uk() uses, and the application it builds.
O=$W/o
APP=$UK_ROOT/apps/helloworld
bad=0

# fail WHY...: note it and go on
fail() {
	echo "FAIL: $*"
	bad=$((bad + 1))
}
# die WHY...: nothing that follows makes sense
die() {
	echo "FAIL: $*"
	exit 1
}
skip() {
	echo "$*"
	exit 77
}
# verdict: the last line of a test
verdict() {
	[ "$bad" -eq 0 ] && echo "all as it should be"
	exit $((bad > 0))
}

# uk WORD...: our make on $APP and $O, all output in $W/out
uk() {
	echo "+ make $*"
	make -C "$UK_ROOT" A="$APP" O="$O" C="$O/.config" \
		CCACHE="$CCACHE" "$@" >"$W/out" 2>&1
}
# must WORD...: like uk, but has to succeed
must() {
	uk "$@" || {
		tail -n 40 "$W/out"
		die "make $* failed"
	}
}
# steps: what the last make did, one "CC lib/file.o" a line, sorted
steps() {
	sed -nE 's/^ *(\[[0-9/ ]*\])? *([A-Z]+)  +([^ ]+).*/\2 \3/p' "$W/out" |
		LC_ALL=C sort
}
# app NAME: a copy of an application of the tree, to be changed; sets APP
app() {
	cp -R "$UK_ROOT/apps/$1" "$W/app-$1"
	APP=$W/app-$1
}
