# SPDX-License-Identifier: BSD-3-Clause
UNIT_bus-pci_SRCS := tests/unit/bus-pci/test_pci.c libs/bus-pci/scan.c \
	libs/bus-pci/capability.c libs/bus-pci/window.c libs/bus-pci/msix.c
UNIT_bus-pci_CFLAGS := -Ilibs/bus-pci/include -Icore/base/include \
	-Icore/boot/include -Icore/debug/include -Icore/mem/include
UNITS += bus-pci
