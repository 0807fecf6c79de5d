# SPDX-License-Identifier: BSD-3-Clause
UNIT_ukswrand_SRCS := tests/unit/ukswrand/test_swrand.c \
	tests/unit/ukswrand/model.c core/base/chacha.c core/swrand/health.c \
	core/swrand/drbg.c
UNIT_ukswrand_CFLAGS := -Icore/swrand -Icore/swrand/include \
	-Icore/base/include -Icore/debug/include -Iarch/x86_64/include \
	-DCONFIG_LIBUKSWRAND_RESEED_KIB=4
UNITS += ukswrand
