#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tls-echo for openssl s_client and Python's TLS, in 3 MiB: both versions, long
# texts, sessions that go on, 16 clients at once and no more; who says nothing of
# TLS; and what make run shows.
. tests/build/lib.sh

served tls-echo gcc
python3 tests/build/tls-echo/client.py "$image" "$W" || bad=1
shows '^tls-echo: listening' '^hello$'
verdict
