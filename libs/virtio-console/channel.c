/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes through a port, by way of its few buffers. */
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/time.h>
#include "device.h"

/* How often a device without interrupts is looked at. */
#define POLL_NS UK_NSEC_PER_MSEC

/* What uk_channel_open() gave a number. */
static struct port *channels[UK_CHANNEL_MAX];

static struct port *port_of(int channel)
{
	return channel < 0 || channel >= UK_CHANNEL_MAX ? NULL
							: channels[channel];
}

static void give(struct port *p, uint8_t *buf)
{
	const struct uk_virtq_seg seg = {
		p->pa + (uint64_t)(buf - p->mem[0]), SIZE,
	};

	/* There is a descriptor for each buffer. */
	(void)uk_virtq_put(&p->rx, &seg, 0, 1, buf);
	uk_virtio_tell(p->owner->dev, p->rx_queue, &p->rx);
}

void channel_add(struct device *d, unsigned int i)
{
	struct port *p = &d->ports[i];
	unsigned int k;

	p->mem = console_memory(2 * BUFFERS * (size_t)SIZE, &p->pa);
	if (!p->mem) {
		uk_pr_err("no memory for port %u: not used\n", i);
		return;
	}
	for (k = 0; k < BUFFERS; k++) {
		give(p, p->mem[k]);
		p->free[p->n_free++] = p->mem[BUFFERS + k];
	}
}

/* Is there something to read? */
static bool fetch(struct port *p)
{
	while (!p->in && !p->owner->dev->stopped) {
		p->in_at = 0;
		p->in = uk_virtq_get(&p->rx, &p->in_len);
		console_check(p->owner, &p->rx);
		if (!p->in)
			return false;
		if (p->in_len == 0) {
			give(p, p->in);
			p->in = NULL;
		}
	}
	return p->in;
}

/* What the device has done with. */
static void reap(struct port *p)
{
	uint32_t len;
	uint8_t *buf;

	while (!p->owner->dev->stopped &&
	       (buf = uk_virtq_get(&p->tx, &len)) != NULL)
		p->free[p->n_free++] = buf;
	console_check(p->owner, &p->tx);
}

int uk_channel_read(int channel, void *buf, size_t len)
{
	struct port *p = port_of(channel);
	uint8_t *to = buf;
	size_t done = 0, n;

	if (!p)
		return -EBADF;
	len = UK_MIN(len, (size_t)INT32_MAX);
	while (done < len && fetch(p)) {
		n = UK_MIN(len - done, (size_t)(p->in_len - p->in_at));
		memcpy(to + done, p->in + p->in_at, n);
		done += n;
		p->in_at += (uint32_t)n;
		if (p->in_at < p->in_len)
			break;
		give(p, p->in);
		p->in = NULL;
	}
	return done == 0 && p->owner->dev->stopped ? -EIO : (int)done;
}

int uk_channel_write(int channel, const void *buf, size_t len)
{
	struct port *p = port_of(channel);
	const uint8_t *from = buf;
	size_t done = 0;

	if (!p)
		return -EBADF;
	len = UK_MIN(len, (size_t)INT32_MAX);
	reap(p);
	while (done < len && p->n_free > 0 && !p->owner->dev->stopped) {
		uint8_t *to = p->free[--p->n_free];
		struct uk_virtq_seg seg = {
			p->pa + (uint64_t)(to - p->mem[0]),
			(uint32_t)UK_MIN(len - done, (size_t)SIZE),
		};

		memcpy(to, from + done, seg.len);
		(void)uk_virtq_put(&p->tx, &seg, 1, 0, to);
		done += seg.len;
		uk_virtio_tell(p->owner->dev, p->rx_queue + 1, &p->tx);
	}
	p->wants_room = done < len;
	return done == 0 && p->owner->dev->stopped ? -EIO : (int)done;
}

/* Has any of these queues something, or is to wake us when it has? */
static bool arm(struct device *d, struct port *p, bool room)
{
	bool any = d->multiport && uk_virtq_arm(&d->control_rx);

	if (p && !p->in)
		any |= uk_virtq_arm(&p->rx);
	if (p && room)
		any |= uk_virtq_arm(&p->tx);
	return any;
}

/* One sleep, unless there is something on p, or, p NULL, control of any
 * device. -ETIMEDOUT: it is too late. */
static int doze(struct port *p, bool room, uint64_t until)
{
	uint64_t now = uk_time_ns();
	bool any = false, polled = false;
	unsigned long flags;
	unsigned int i;

	if (now >= until)
		return -ETIMEDOUT;
	for (i = 0; i < console_n_devices; i++) {
		struct device *d = console_devices[i];

		d->event = false;
		polled |= d->polled;
		if (!d->dev->stopped && (!p || p->owner == d))
			any |= arm(d, p, room);
	}
	if (any)
		return 0;
	flags = ukplat_irq_save();
	for (i = 0; i < console_n_devices; i++)
		any |= console_devices[i]->event;
	if (!any)
		ukplat_idle(polled ? UK_MIN(until, now + POLL_NS) : until);
	ukplat_irq_restore(flags);
	return 0;
}

int uk_channel_drain(int channel, uint64_t until)
{
	struct port *p = port_of(channel);

	if (!p)
		return -EBADF;
	for (;;) {
		control_serve(p->owner);
		reap(p);
		if (p->owner->dev->stopped)
			return -EIO;
		if (p->n_free == BUFFERS)
			return 0;
		/* What comes meanwhile waits for its reader. */
		(void)fetch(p);
		if (doze(p, true, until))
			return -ETIMEDOUT;
	}
}

int uk_channel_wait(int channel, uint64_t until)
{
	struct port *p = port_of(channel);

	if (!p)
		return -EBADF;
	for (;;) {
		control_serve(p->owner);
		reap(p);
		if (fetch(p) || p->owner->dev->stopped ||
		    (p->wants_room && p->n_free > 0))
			return 0;
		if (doze(p, p->wants_room, until))
			return -ETIMEDOUT;
	}
}

static struct port *find(const char *name)
{
	unsigned int i, k;

	for (i = 0; i < console_n_devices; i++) {
		struct device *d = console_devices[i];

		control_serve(d);
		for (k = 0; k < d->n_ports; k++)
			/* Only port 0 has none for good. */
			if (d->ports[k].mem && (k == 0 || name[0]) &&
			    !strcmp(d->ports[k].name, name))
				return &d->ports[k];
	}
	return NULL;
}

int uk_channel_open(const char *name, uint64_t until)
{
	struct port *p;
	int i;

	if (console_n_devices == 0)
		return -ENODEV;
	while (!(p = find(name)))
		if (doze(NULL, false, until))
			return -ETIMEDOUT;
	for (i = 0; i < UK_CHANNEL_MAX; i++) {
		if (channels[i] && channels[i] != p)
			continue;
		channels[i] = p;
		return i;
	}
	return -ENODEV;
}
