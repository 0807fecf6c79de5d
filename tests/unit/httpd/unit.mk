# SPDX-License-Identifier: BSD-3-Clause
UNIT_httpd_SRCS := tests/unit/httpd/test_request.c apps/httpd/request.c
UNIT_httpd_CFLAGS := -Iapps/httpd
UNITS += httpd
