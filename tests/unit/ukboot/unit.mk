# SPDX-License-Identifier: BSD-3-Clause
# boot.c against a platform, a memory and an application that write down what
# is asked of them. -Dmain: the application's main, not the test's.
UNIT_ukboot_SRCS := tests/unit/ukboot/test_boot.c \
	tests/unit/ukboot/machine.c core/boot/boot.c core/boot/tls.c \
	core/boot/place.c core/boot/args.c core/boot/help.c \
	core/argparse/split.c core/argparse/param.c core/base/fmt.c \
	core/base/convert.c core/base/snprintf.c
UNIT_ukboot_CFLAGS := -Itests/unit/ukboot/include -Itests/unit/ukboot \
	-Icore/boot -Icore/boot/include -Icore/argparse/include \
	-Icore/debug/include -Icore/mem/include -Icore/base/include \
	-Icore/base -Iarch/x86_64/include -Dmain=guest_main
UNIT_ukboot_LIBS := -Wl,-T,tests/unit/ukboot/tables.ld
UNITS += ukboot
