#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 1200
# All cases of Debian's posixtestsuite that pass: see tests/build/posixtest.
. tests/build/lib.sh
. tests/build/posixtest/run.sh

run_cases "$UK_ROOT/tests/build/posixtest/cases"
verdict
