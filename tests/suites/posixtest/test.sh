#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 1200
# Debian's posixtestsuite (open POSIX test suite 1.5.2), those of its cases that
# need no fork, against musl and the posix libraries: all that pass, each in an
# image of its own as a process of Linux, some of them on kvm. What does not
# pass stands in failing, with the reason.
. tests/build/lib.sh

APP=$UK_ROOT/tests/suites/posixtest/app
{
	cat "$APP/defconfig"
	echo CONFIG_HARDENING_PROFILE_STANDARD=y
	LLVM='' strict_musl
	echo '# CONFIG_LIBUKSELFTEST is not set'
	echo '# CONFIG_DEBUG_SYMBOLS is not set'
} >"$W/config"
must defconfig UK_DEFCONFIG="$W/config"
must all
python3 tests/suites/posixtest/client.py "$O" tests/suites/posixtest/cases || bad=1
verdict
