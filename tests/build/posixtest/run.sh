# SPDX-License-Identifier: BSD-3-Clause
# For ./test.sh and tests/suites/posixtest: run_cases FILE, behind lib.sh.
run_cases() {
	APP=$UK_ROOT/tests/build/posixtest/app
	{
		cat "$APP/defconfig"
		echo CONFIG_HARDENING_PROFILE_STANDARD=y
		LLVM='' strict_musl
		echo '# CONFIG_LIBUKSELFTEST is not set'
		echo '# CONFIG_DEBUG_SYMBOLS is not set'
	} >"$W/config"
	must defconfig UK_DEFCONFIG="$W/config"
	must all PTS_LIST="$1"
	python3 tests/build/posixtest/client.py "$O" "$1" || bad=1
}
