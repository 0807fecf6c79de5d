# SPDX-License-Identifier: BSD-3-Clause
UNIT_aslr_SRCS := tests/unit/aslr/test_layout.c tests/unit/aslr/stats.c \
	plat/common/layout.c core/mem/place.c core/mem/range.c core/mem/table.c \
	core/mem/draw.c core/base/draw.c core/base/chacha.c
UNIT_aslr_CFLAGS := -Itests/unit/aslr -Icore/mem -Icore/mem/include \
	-Iplat/kvm -Iplat/common -Icore/base/include -Icore/debug/include \
	-DCONFIG_HARDEN_ASLR=1 -DCONFIG_HARDEN_WX=1 -DCONFIG_HARDEN_GUARD=1 \
	-DCONFIG_HARDEN_NULL=1 -Wno-unused-parameter
UNIT_aslr_LIBS := -lm
UNITS += aslr
