#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 150
# each: clang
# ping: asks QEMU's own host by IPv4 and IPv6; asks and answers over a tap
# device, where answers are also damaged, doubled and made up. Words that are
# wrong, nobody who answers, a network that is silent, no memory.
. tests/build/lib.sh

served ping "$1"
python3 tests/build/ping/client.py "$image" || bad=1
python3 tests/build/ping/wire.py "$image"
case $? in
0) ;;
77) echo "(the part over a tap device was left out)" ;;
*) bad=1 ;;
esac

# No memory is left for the network.
echo CONFIG_LIBUKNETDEV_BUFFERS=4096 >>"$W/config"
must defconfig UK_DEFCONFIG="$W/config" LLVM=$LLVM
must all LLVM=$LLVM
support/run/guest -m 6M -t 30 -N user "$image" >"$W/console" 2>&1
[ $? -eq 2 ] || fail "its status is not 2"
for text in 'no memory for 4096 network buffers' 'ping: no network device'; do
	grep -q "$text" "$W/console" || fail "not said: $text"
done
verdict
