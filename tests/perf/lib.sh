# SPDX-License-Identifier: BSD-3-Clause
# For tests/perf/*/bench.sh, which run from the root of the tree.
set -eu

# figure NAME UNIT min|median AGAINST SAMPLE...
figure() {
	echo "figure $*"
}

# image NAME APPLICATION LINE...: build its defconfig with these lines more
# into $W/NAME; prints the path of its image for kvm.
image() {
	name=$1 app=$2
	shift 2
	mkdir -p "$W/$name"
	cp "apps/$app/defconfig" "$W/$name.config"
	printf '%s\n' "$@" >>"$W/$name.config"
	in_build "$name" "$app" defconfig UK_DEFCONFIG="$W/$name.config"
	in_build "$name" "$app" all CCACHE="$(command -v ccache || :)"
	echo "$W/$name/${app}_kvm-x86_64"
}
in_build() {
	o=$W/$1 a=$2
	shift 2
	make -C "$PWD" A="$PWD/apps/$a" O="$o" C="$o/.config" "$@" \
		>"$W/make.out" 2>&1 || {
		tail -n 20 "$W/make.out" >&2
		return 1
	}
}

# us COMMAND...: how long it takes, microseconds of wall time
us() {
	timer=$TEST_DIR/perf/us
	[ "$timer" -nt tests/perf/us.c ] ||
		${HOSTCC:-gcc} -O2 -Wall -o "$timer" tests/perf/us.c
	"$timer" "$@" || :
}
