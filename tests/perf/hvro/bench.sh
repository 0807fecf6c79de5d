#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# What it costs that the hypervisor holds text and constants: instructions of
# the boot, of the self-tests, bytes; and the memory that it gives back.
. tests/perf/lib.sh

# insns IMAGE
insns() {
	sh tests/perf/insn.sh "$W" "$1" pc calibrate timer_calibrate |
		cut -d' ' -f1
}

quiet='# CONFIG_LIBUKSELFTEST is not set'
without=$(image without helloworld "$quiet")
with=$(image with helloworld "$quiet" CONFIG_HARDEN_HVRO=y)
plain=$(image plain helloworld)
tested=$(image tested helloworld CONFIG_HARDEN_HVRO=y)
a=$(insns "$without") b=$(insns "$with")
c=$(insns "$plain") d=$(insns "$tested")
p=helloworld.hvro.kvm-x86_64
figure $p.insns_added insns min - $((b - a))
figure $p.insns_selftest_added insns min - $((d - c - (b - a)))
figure $p.file_bytes_added bytes min - \
	$(($(stat -c %s "$with") - $(stat -c %s "$without")))
figure $p.ro_file_bytes bytes min - "$(stat -c %s "$with.ro")"
