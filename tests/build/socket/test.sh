#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 300
# A program with sockets, files and epoll, for real clients over QEMU's network:
# many at once, slow ones, datagrams, files of the initrd; a broken initrd. The
# image is that of boot/socket, by Clang.
. tests/build/lib.sh

APP=$UK_ROOT/tests/boot/socket
# As test images are: musl comes from the compiler's cache.
{ cat "$APP/defconfig"; echo '# CONFIG_DEBUG_SYMBOLS is not set'; } >"$W/config"
must defconfig UK_DEFCONFIG="$W/config" LLVM=1
must all LLVM=1
python3 tests/build/socket/client.py "$O"/socket_kvm-x86_64 "$W" || bad=1
verdict
