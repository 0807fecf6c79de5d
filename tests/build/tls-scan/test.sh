#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# limit: 400
# tls-proxy for two scanners, sslscan and testssl.sh: nothing that they would call
# a finding of medium or worse. What they find in a server that offers all that
# OpenSSL still has shows that they look.
. tests/build/lib.sh

sh support/build/doctor.sh need scan >"$W/doctor" 2>&1 || {
	cat "$W/doctor"
	skip "no sslscan and testssl.sh here, and they cannot be installed"
}
served tls-proxy gcc
python3 tests/build/tls-scan/scan.py "$image" "$W" || bad=1
verdict
