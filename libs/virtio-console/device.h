/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukvirtio_console: devices and their ports. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uk/channel.h>
#include <uk/virtio.h>

/* Of a device: 0 to 2. Port n has two queues, port 0 the first two, then come
 * those for control. */
#define PORTS 3u
#define DEVICES 4u
#define CONTROL_RX 2
#define CONTROL_TX 3
#define BUFFERS 2u		/* of a port's queue */
#define SIZE 2048u		/* bytes of one */
/* A device that finds no buffer for a message throws it away: as many as it may
 * have to say of all ports that it could have, and room for ours. */
#define MESSAGES 64u
#define MESSAGE_SIZE 64u

struct device {
	struct uk_virtio_dev *dev;
	bool multiport, polled;
	volatile bool event;
	unsigned int n_ports;
	struct port {
		struct device *owner;
		unsigned int rx_queue;
		struct uk_virtq rx, tx;
		uint8_t (*mem)[SIZE];	/* RX's buffers, TX's; NULL: no port */
		uint64_t pa;
		/* What has come and was not yet read */
		uint8_t *in;
		uint32_t in_at, in_len;
		uint8_t *free[BUFFERS];	/* TX's that the device does not have */
		unsigned int n_free;
		bool wants_room, named, failed;
		char name[UK_CHANNEL_NAME];
	} ports[PORTS];
	/* Control: RX's buffers, TX's */
	struct uk_virtq control_rx, control_tx;
	uint8_t (*control)[MESSAGE_SIZE];
	uint64_t control_pa;
	unsigned int control_said;	/* of our buffers: used */
};

/* device.c */
extern struct device *console_devices[DEVICES];
extern unsigned int console_n_devices;
void console_check(struct device *d, const struct uk_virtq *q);
/* That the device may reach; NULL: none. */
void *console_memory(size_t len, uint64_t *pa);

/* channel.c: port i is there; no memory: without it. */
void channel_add(struct device *d, unsigned int i);

/* control.c: begin to talk, and do what the device said. */
void control_start(struct device *d);
void control_serve(struct device *d);
