/* SPDX-License-Identifier: BSD-3-Clause */
/* What device and driver tell each other of ports (virtio 1.2, section
 * 5.3.6.2). What comes is copied before it is looked at. */
#include <uk/str.h>
#include "device.h"

struct message {
	uint32_t port;
	uint16_t what, value;
};

UK_CTASSERT(MESSAGES > 2 * PORTS);

#define DEVICE_READY 0
#define PORT_ADD 1
#define PORT_READY 3
#define PORT_OPEN 6
#define PORT_NAME 7

static uint64_t address(const struct device *d, const uint8_t *buf)
{
	return d->control_pa + (uint64_t)(buf - d->control[0]);
}

/* Each message has a buffer of its own, and there are never more than two for
 * a port, and one. */
static void say(struct device *d, uint32_t port, uint16_t what)
{
	const struct message m = { port, what, 1 };
	uint8_t *buf = d->control[MESSAGES + d->control_said++];
	struct uk_virtq_seg seg = { address(d, buf), sizeof(m) };

	memcpy(buf, &m, sizeof(m));
	if (uk_virtq_put(&d->control_tx, &seg, 1, 0, buf) != 0)
		uk_virtio_stop(d->dev, "takes no control messages");
	uk_virtio_tell(d->dev, CONTROL_TX, &d->control_tx);
}

/* A buffer for what the device has to say. */
static void listen(struct device *d, uint8_t *buf)
{
	const struct uk_virtq_seg seg = { address(d, buf), MESSAGE_SIZE };

	(void)uk_virtq_put(&d->control_rx, &seg, 0, 1, buf);
	uk_virtio_tell(d->dev, CONTROL_RX, &d->control_rx);
}

static void heard(struct device *d, const uint8_t *buf, uint32_t len)
{
	struct message m;
	struct port *p;

	if (len < sizeof(m))
		return;
	memcpy(&m, buf, sizeof(m));
	if (m.port >= d->n_ports)
		return;
	p = &d->ports[m.port];
	switch (m.what) {
	case PORT_ADD:
		/* Once, and for good. */
		if (p->mem || p->failed)
			return;
		channel_add(d, m.port);
		p->failed = !p->mem;
		if (p->failed)
			return;
		say(d, m.port, PORT_READY);
		say(d, m.port, PORT_OPEN);
		break;
	case PORT_NAME:
		len -= (uint32_t)sizeof(m);
		if (p->named || !p->mem || len >= sizeof(p->name))
			return;
		memcpy(p->name, buf + sizeof(m), len);
		p->name[len] = '\0';
		p->named = true;
		break;
	default:
		break;
	}
}

void control_serve(struct device *d)
{
	uint8_t *buf;
	uint32_t len;

	while (d->multiport && !d->dev->stopped &&
	       (buf = uk_virtq_get(&d->control_rx, &len)) != NULL) {
		heard(d, buf, len);
		listen(d, buf);
	}
	if (d->multiport)
		console_check(d, &d->control_rx);
}

void control_start(struct device *d)
{
	unsigned int i;

	for (i = 0; i < d->control_rx.size; i++)
		listen(d, d->control[i]);
	say(d, 0, DEVICE_READY);
}
