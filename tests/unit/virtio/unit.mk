# SPDX-License-Identifier: BSD-3-Clause
VIRTIO_RINGS := libs/virtio/ring.c
VIRTIO_CFLAGS := -Ilibs/virtio/include -Icore/base/include

UNIT_virtio-split_SRCS := tests/unit/virtio/test_split.c $(VIRTIO_RINGS)
UNIT_virtio-split_CFLAGS := $(VIRTIO_CFLAGS)
UNITS += virtio-split

UNIT_virtio-packed_SRCS := tests/unit/virtio/test_packed.c $(VIRTIO_RINGS)
UNIT_virtio-packed_CFLAGS := $(VIRTIO_CFLAGS)
UNITS += virtio-packed

UNIT_virtio-device_SRCS := tests/unit/virtio/test_device.c \
	libs/virtio/device.c $(VIRTIO_RINGS)
UNIT_virtio-device_CFLAGS := $(VIRTIO_CFLAGS) \
	-Icore/debug/include -Icore/mem/include -Icore/time/include \
	-Ialloc/alloc/include
UNITS += virtio-device

UNIT_virtio-net_SRCS := tests/unit/virtio/test_net.c \
	$(addprefix libs/virtio-net/,card.c receive.c send.c) \
	libs/netdev/buffer.c libs/virtio/device.c $(VIRTIO_RINGS)
UNIT_virtio-net_CFLAGS := $(UNIT_virtio-device_CFLAGS) -Ilibs/virtio-net \
	-Ilibs/netdev/include -Icore/boot/include -Iarch/x86_64/include \
	-DCONFIG_LIBUKNETDEV_BUFFERS=96 -DCONFIG_LIBUKVIRTIO_NET_QUEUE=64 \
	-DCONFIG_LIBUKNETDEV_OFFLOAD=1 -DCONFIG_LIBUKVIRTIO_NET_RX_OFFLOAD=1
UNIT_virtio-net_LIBS := -Wl,-T,tests/unit/ukalloc/tables.ld
UNITS += virtio-net
