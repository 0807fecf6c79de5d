#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 600
# Debian's posixtestsuite (open POSIX test suite 1.5.2), those of its cases that
# need no fork, against musl and the posix libraries, each in an image of its own
# as a process of Linux, some of them on kvm: the first case of every third
# function. All that pass are run by make suites; what does not pass stands in
# failing, with the reason.
. tests/build/lib.sh
. tests/build/posixtest/run.sh

awk '!/^#/ && NR % 3 == 0 { print $1, $2 }' tests/build/posixtest/cases >"$W/cases"
run_cases "$W/cases"
verdict
