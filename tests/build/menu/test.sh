#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 120
# make menuconfig opens on a terminal, shows every room, changes an option,
# saves and quits; the change is in .config.
. tests/build/lib.sh

command -v tmux >/dev/null || skip "tmux is not installed"
app helloworld
must defconfig UK_DEFCONFIG="$APP/defconfig"
grep -q '^CONFIG_APPHELLOWORLD_PRINTARGS=y' "$O/.config" ||
	die "the option that is to be changed is not there"

t() {
	TMUX='' tmux -L "redoubt-$$" -f /dev/null "$@"
}
trap 't kill-server 2>/dev/null' EXIT
# see REGEX: wait until the screen shows it (20 s at most)
see() {
	for i in $(seq 200); do
		t capture-pane -p >"$W/screen" 2>/dev/null
		! grep -qE -- "$1" "$W/screen" || return 0
		sleep 0.1
	done
	cat "$W/screen"
	die "the screen never showed: $1"
}

t new-session -d -x 100 -y 50 "TERM=screen make -C $UK_ROOT A=$APP O=$O \
	C=$O/.config menuconfig; echo status \$?; sleep 60"
see 'Redoubt .*helloworld'
for room in CPU Platforms Hardening Core Libraries; do
	grep -q "$room" "$W/screen" || fail "the menu does not show $room"
done
# / jumps to a symbol by name, Enter shows it in its menu, n switches it off.
t send-keys /
see 'Jump to'
t send-keys APPHELLOWORLD_PRINTARGS
see 'PRINTARGS'
t send-keys Enter
see '\[\*\] Print arguments'
t send-keys n
see '\[ \] Print arguments'
t send-keys s
see 'Save|saved|written'
t send-keys Enter
sleep 0.3
t send-keys Enter
sleep 0.3
t send-keys q
see 'status 0|quit'
grep -q 'status 0' "$W/screen" || t send-keys y
see 'status 0'
grep -q '^# CONFIG_APPHELLOWORLD_PRINTARGS is not set' "$O/.config" || {
	grep PRINTARGS "$O/.config"
	fail "the change was not saved"
}
must all
boots a
grep -q Arguments "$W/console" && fail "the image does not follow the menu"
verdict
