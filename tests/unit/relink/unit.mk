# SPDX-License-Identifier: BSD-3-Clause
UNIT_relink_SRCS := tests/unit/relink/test_shuffle.c tests/unit/relink/kit.c \
	hardening/shuffle/open.c hardening/shuffle/view.c hardening/shuffle/draw.c \
	hardening/shuffle/apply.c hardening/shuffle/random.c \
	core/base/chacha.c support/relink/relr.c support/relink/order.c \
	support/relink/sha256.c support/relink/file.c
UNIT_relink_CFLAGS := -D_GNU_SOURCE -Ihardening/shuffle -Isupport/relink \
	-Iarch/x86_64/include -Icore/base/include
UNITS += relink
