# SPDX-License-Identifier: BSD-3-Clause
UNIT_virtio-ring_SRCS := tests/unit/virtio/test_ring.c libs/virtio/ring.c
UNIT_virtio-ring_CFLAGS := -Ilibs/virtio/include -Icore/base/include
UNITS += virtio-ring

UNIT_virtio-device_SRCS := tests/unit/virtio/test_device.c \
	libs/virtio/device.c libs/virtio/ring.c
UNIT_virtio-device_CFLAGS := -Ilibs/virtio/include -Icore/base/include \
	-Icore/debug/include -Icore/mem/include -Icore/time/include \
	-Ialloc/alloc/include
UNITS += virtio-device
