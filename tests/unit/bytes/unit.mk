# SPDX-License-Identifier: BSD-3-Clause
UNIT_bytes-search_SRCS := tests/unit/bytes/test_search.c \
	hardening/bytes/search.S
UNITS += bytes-search
