#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# inspect.sh [--json FILE] IMAGE: what a finished image says of itself, what its
# bytes show, and with its .dbg twin beside it the whole report. See stripped.py.
exec "${PYTHON:-/usr/bin/python3}" "$(dirname "$0")/stripped.py" "$@"
