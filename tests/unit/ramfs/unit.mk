# SPDX-License-Identifier: BSD-3-Clause
UNIT_ramfs_SRCS := tests/unit/ramfs/test_data.c tests/unit/ramfs/test_unpack.c \
	tests/unit/ramfs/host.c $(addprefix libs/ramfs/,data.c folder.c node.c \
	unpack.c) libs/initrd/cpio.c libs/posix-fdtab/iter.c
UNIT_ramfs_CFLAGS := -Ilibs/ramfs/include -Ilibs/ramfs -Ilibs/vfs/include \
	-Ilibs/posix-fdtab/include -Ilibs/initrd/include -Icore/base/include \
	-Icore/debug/include -Ialloc/alloc/include \
	-DCONFIG_LIBRAMFS_MOST_KIB=256
UNITS += ramfs
