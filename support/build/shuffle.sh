#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# shuffle.sh MKKIT OUT LDS MAP "LINK" LIB.o...: link an image that puts itself
# in a new order at boot. Its kit is in it, behind everything, so that its size
# changes no address: one link to learn the size, one with room for it.
set -eu
mkkit=$1 out=$2 lds=$3 map=$4 link=$5
shift 5
sed "s|/\* kit \*/.*|/* kit */ . = . + 64;|" "$lds" >"$out.lds"
$link
"$mkkit" -g "$out.kit" "$out" "$map" "$@"
size=$(($(stat -c %s "$out.kit") / 16 * 16 + 64))
sed "s|/\* kit \*/.*|/* kit */ . = . + $size;|" "$lds" >"$out.lds"
$link
"$mkkit" -e -g "$out.kit" "$out" "$map" "$@"
rm -f "$out.kit" "$out.lds"
