#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# cc.sh COMPILER ARGUMENT...: the compiler, without the arguments that
# $DROP/<library> lists, one a line, when it compiles for that library.
lib=
for a; do
	case $a in -D__LIBNAME__=*) lib=${a#*=}; lib=${lib#\"}; lib=${lib%\"} ;; esac
done
[ -n "$lib" ] && [ -e "$DROP/$lib" ] || exec "$@"
n=$#
while [ "$n" -gt 0 ]; do
	a=$1
	shift
	grep -qxF -e "$a" "$DROP/$lib" || set -- "$@" "$a"
	n=$((n - 1))
done
exec "$@"
