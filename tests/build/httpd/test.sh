#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 200
# each: gcc clang arm64
# httpd for curl and for rude clients: files, ranges, HEAD, kept-alive and
# pipelined requests, what is no HTTP, clients that stay or go; no initrd and a
# broken one. Profile standard with GCC, strict with Clang. On arm64 one client:
# the rest is not of the CPU.
. tests/build/lib.sh

served httpd "$1"
[ "$1" = arm64 ] ||
	python3 tests/build/httpd/client.py "$image" "$W" || bad=1
[ "$1" = clang ] || shows '^httpd: listening on port 80, 1 files' 'It works'
verdict
