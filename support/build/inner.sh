#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# inner.sh MAKE JOBS GOAL: run the inner make, show its progress, and close
# with one line. If it fails, the first error is repeated last.
set -u
make=$1 jobs=$2 goal=$3
mk="$UK_ROOT/support/build/build.mk"
log=$UK_BUILD/build.log
start=$(date +%s%N)
mkdir -p "$UK_BUILD"

# A new configuration is taken before make reads it: else it would read
# everything twice.
take() {
	[ "$UK_BUILD/kconfig/auto.conf" -nt "$UK_CONFIG" ] || $UKI_KCONF sync
}

# The status of the make, past the pipe that keeps its messages.
{ { { take && "$make" $jobs --output-sync=target -f "$mk" "$goal"; } 2>&1 1>&3
    echo $? >"$log.status"; } | tee "$log" >&2; } 3>&1
status=$(cat "$log.status")
rm -f "$log.status"
if [ "$status" -ne 0 ]; then
	echo >&2
	echo "make: the build failed; the first error was:" >&2
	grep -n -m1 -A6 -E '(error:|error |Error|undefined|kconf:|\*\*\*)' \
		"$log" | sed 's/^[0-9]*[:-]/  /' >&2
	exit "$status"
fi
[ "$goal" = all ] || [ "$goal" = images ] || exit 0
ms=$((($(date +%s%N) - start) / 1000000))
profile=$(sed -n 's/^CONFIG_HARDENING_PROFILE=//p' \
	"$UK_BUILD/kconfig/auto.conf" | tr -d '"')
while read -r image; do
	printf '%s: %d bytes, profile %s, %s, %d.%01d s\n' "$image" \
		"$(stat -c %s "$image")" "$profile" "$UK_COMPILER" \
		$((ms / 1000)) $((ms % 1000 / 100))
done <"$UK_BUILD/images"
