# SPDX-License-Identifier: BSD-3-Clause
FUZZ_httpd_SRCS := tests/fuzz/httpd/fuzz.c apps/httpd/request.c
FUZZ_httpd_CFLAGS := -Iapps/httpd
FUZZERS += httpd
