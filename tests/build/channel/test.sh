#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 100
# each: gcc
# Channels for bytes (virtio consoles): to a file, on each kind of machine;
# there and back through a socket; none.
. tests/build/lib.sh

APP=$UK_ROOT/tests/build/channel/app
case $1 in
gcc) LLVM='' ;;
clang) LLVM=1 ;;
esac
must defconfig LLVM=$LLVM
must all LLVM=$LLVM
UK_TEST_ROOT=$UK_ROOT python3 tests/build/channel/client.py \
	"$O"/*_kvm-x86_64 "$W" || bad=1
verdict
