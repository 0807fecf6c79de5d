# SPDX-License-Identifier: BSD-3-Clause
# For tests of the build tool: sourced by tests/build/*/test.sh, which run
# from the root of the tree. Everything they write is below $W, which is new.
set -u
: "${TEST_DIR:=$PWD/build/test}"
UK_ROOT=$PWD
W=$TEST_DIR/build/$(basename "$(dirname "$0")")${1:+-$1}
rm -rf "$W" && mkdir -p "$W" || exit 125
CCACHE=$(command -v ccache || :)
# What uk() builds and where; tests set these to something else. The build
# folder is new, but its path is the slot's: the compiler cache knows it.
O=$TEST_DIR/slot${TESTRUN_SLOT:-0}/o
rm -rf "$O" && mkdir -p "$O" || exit 125
APP=$UK_ROOT/apps/helloworld
LIBS=
bad=0
# For UK_DEFCONFIG="$APP/defconfig $BARE", where nobody debugs: a fifth of the time
# to compile is for that, and the objects are those of other tests.
BARE=$W/bare.config
echo '# CONFIG_DEBUG_SYMBOLS is not set' >"$BARE"
# A tree of a test's own is another one in each slot, but its place is not.
export CCACHE_BASEDIR="$TEST_DIR"

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
# verdict: how a test ends
verdict() {
	[ "$bad" -eq 0 ] && echo "all as it should be"
	exit $((bad > 0))
}

# uk WORD...: our make on $APP, $LIBS and $O; its output is in $W/out
uk() {
	echo "+ make $*"
	make --no-print-directory -C "$UK_ROOT" A="$APP" L="$LIBS" O="$O" C="$O/.config" \
		CCACHE="$CCACHE" "$@" >"$W/out" 2>&1
}
# must WORD...: like uk, but has to succeed
must() {
	uk "$@" || {
		tail -n 40 "$W/out"
		die "make $* failed"
	}
}
# The musl that tests/boot/musl compiles: lines for $W/config.
strict_musl() {
	echo CONFIG_LIBMUSL_PROFILE_STRICT=y
	# What GCC cannot do of that
	[ -n "$LLVM" ] || printf '%s\n' CONFIG_EXPERT=y CONFIG_HARDENING_GAPS=y
}
# served APPLICATION COMPILER: its image, $image, profile standard with GCC, strict
# with Clang; `arm64`: with GCC, for that CPU; $LLVM is set for more of it, $W/config says what was asked for.
served() {
	APP=$UK_ROOT/apps/$1 cpu=x86_64
	case $2 in
	gcc) LLVM='' profile=STANDARD ;;
	clang) LLVM=1 profile=STRICT ;;
	arm64) LLVM='' profile=STANDARD cpu=arm64 ;;
	esac
	{
		cat "$APP/defconfig"
		echo "CONFIG_HARDENING_PROFILE_$profile=y"
		[ "$cpu" = x86_64 ] || echo CONFIG_ARCH_ARM64=y
		# Nobody debugs it, and other tests have the same objects.
		echo '# CONFIG_DEBUG_SYMBOLS is not set'
		! grep -qsE 'select (LIBMUSL|LIBUKTLS)' "$APP/Config.uk" || {
			strict_musl
			# As all with mbedTLS are, for the compiler's cache
			echo CONFIG_LIBUKALLOC_STATS=y
		}
	} >"$W/config"
	must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
	must all LLVM=$LLVM
	image=$O/$1_kvm-$cpu
	ls -l "$image"
}
# said REGEX: the last make printed such a line
said() {
	grep -qE -- "$1" "$W/out" || {
		tail -n 20 "$W/out"
		fail "no line says: $1"
	}
}
# steps [TOOL]: what the last make did, one "CC lib/file.c" a line, sorted
steps() {
	sed -nE 's,^\[ *[0-9]+(/[0-9]+)?\] +([A-Z]+) +(.*)$,\2 \3,p' "$W/out" |
		grep -E "^${1:-.*} " | LC_ALL=C sort
}
# did LINES WHY: these sources were compiled, and no other
did() {
	steps '(CC|AS|CXX)' >"$W/steps"
	printf '%s\n' "$1" | sed '/^$/d' | LC_ALL=C sort |
		diff - "$W/steps" >"$W/diff" ||
		fail "$2: compiled something else:
$(sed -n 's/^</  not /p; s/^>/  but /p' "$W/diff" | head -n 12)"
}
# app NAME: a copy of an application of the tree, to be changed; sets APP
app() {
	cp -R "$UK_ROOT/apps/$1" "$W/$1"
	APP=$W/$1
}
# tree [FOLDER]: a copy of the whole tree as it is now, without build
# folders; without FOLDER it becomes UK_ROOT, at a path of the slot
tree() {
	t=${1:-$TEST_DIR/slot${TESTRUN_SLOT:-0}/tree}
	rm -rf "$t"
	mkdir -p "$t"
	tar -C "$UK_ROOT" --exclude=./build --exclude=./.git --exclude=.config \
		-cf - . | tar -C "$t" -xf -
	[ $# -gt 0 ] || UK_ROOT=$t APP=$t/apps/helloworld
}
# shows PATTERN ANSWER: `make run` boots it, until its console says PATTERN; the
# command that it names to ask it prints ANSWER. Then it is told to stop, if it
# says how ($status is its own then), or is stopped.
shows() {
	echo "+ make run"
	timeout 60 make --no-print-directory -C "$UK_ROOT" A="$APP" O="$O" \
		C="$O/.config" CCACHE="$CCACHE" run >"$W/out" 2>&1 &
	guest=$!
	while ! grep -qE -- "$1" "$W/out" && kill -0 $guest 2>/dev/null; do
		sleep 0.1
	done
	said "$1"
	sh -c "$(sed -n 's/^ask it: *//p' "$W/out")" >"$W/asked" 2>&1 ||
		fail "asking it fails: $(sed -n 's/^ask it: *//p' "$W/out")"
	grep -qE -- "$2" "$W/asked" || {
		cat "$W/asked"
		fail "no line of the answer says: $2"
	}
	stop=$(sed -n 's/^stop it: *//p' "$W/out")
	if [ "$stop" ]; then
		sh -c "$stop" >/dev/null || fail "cannot be stopped by: $stop"
	else
		kill $guest
	fi
	status=0
	wait $guest || status=$?
}
# boots WORD...: the image of platform kvm boots and ends with status 0
boots() {
	status=0
	support/run/guest -t 30 "$O"/*_kvm-x86_64 -- "$@" >"$W/console" 2>&1 ||
		status=$?
	[ "$status" -eq 0 ] || {
		cat "$W/console"
		fail "the image ends with status $status"
	}
}
