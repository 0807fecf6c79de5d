/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio consoles (virtio 1.2, section 5.3), those with one port and those
 * with several. Memory that they may reach holds nothing else.
 */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "device.h"

#define F_MULTIPORT (1ull << 1)
#define CONFIG_PORTS 4

struct device *console_devices[DEVICES] UK_RO_AFTER_INIT_ZERO;
unsigned int console_n_devices UK_RO_AFTER_INIT_ZERO;

void console_check(struct device *d, const struct uk_virtq *q)
{
	if (unlikely(q->lie))
		uk_virtio_stop(d->dev, q->lie);
}

void *console_memory(size_t len, uint64_t *pa)
{
	void *mem = uk_vm_alloc("virtio-console", len, UK_MEM_R | UK_MEM_W,
				UK_VM_CONTIGUOUS | UK_VM_GUARD_BELOW |
				UK_VM_GUARD_ABOVE);

	if (mem)
		*pa = uk_vm_phys(mem);
	return mem;
}

static void event(void *arg)
{
	struct uk_virtq *q = arg;
	unsigned int i;

	uk_virtq_disarm(q);
	/* Which device's it is: few, and each looks again. */
	for (i = 0; i < DEVICES && console_devices[i]; i++)
		console_devices[i]->event = true;
}

static int queue(struct device *d, unsigned int i, unsigned int size,
		 struct uk_virtq *q)
{
	int rc = uk_virtio_queue(d->dev, i, (uint16_t)size, 0, q, event, q);

	if (rc < 0)
		return rc;
	d->polled |= rc > 0;
	return q->size < BUFFERS ? -EIO : 0;
}

static int port(struct device *d, unsigned int i)
{
	struct port *p = &d->ports[i];
	int rc;

	p->owner = d;
	p->rx_queue = i == 0 ? 0 : 2 * i + 2;
	rc = queue(d, p->rx_queue, BUFFERS, &p->rx);
	return rc ? rc : queue(d, p->rx_queue + 1, BUFFERS, &p->tx);
}

static int set_up(struct device *d)
{
	int rc = uk_virtio_begin(d->dev, F_MULTIPORT, NULL);
	unsigned int i;

	if (rc)
		return rc;
	d->multiport = d->dev->features & F_MULTIPORT;
	d->n_ports = 1;
	if (d->multiport) {
		d->n_ports = UK_MIN(uk_virtio_config(d->dev, CONFIG_PORTS, 4),
				    PORTS);
		d->control = console_memory((size_t)2 * MESSAGES * MESSAGE_SIZE,
					    &d->control_pa);
		if (!d->control)
			return -ENOMEM;
		rc = queue(d, CONTROL_RX, MESSAGES, &d->control_rx);
		rc = rc ? rc : queue(d, CONTROL_TX, MESSAGES, &d->control_tx);
	}
	for (i = 0; rc == 0 && i < d->n_ports; i++)
		rc = port(d, i);
	return rc ? rc : uk_virtio_go(d->dev);
}

static int start(struct uk_virtio_dev *dev)
{
	struct device *d;
	int rc;

	if (console_n_devices == DEVICES)
		return -ENOSPC;
	d = uk_calloc(NULL, 1, sizeof(*d));
	if (!d)
		return -ENOMEM;
	/* From here on the device and interrupts may know of it: it stays. */
	d->dev = dev;
	rc = set_up(d);
	if (rc)
		return rc;
	console_devices[console_n_devices++] = d;
	if (d->multiport)
		control_start(d);
	else
		channel_add(d, 0);
	uk_pr_info("%u port%s%s\n", d->n_ports, d->n_ports > 1 ? "s" : "",
		   d->polled ? ", polled" : "");
	return 0;
}

static const struct uk_virtio_driver driver = {
	.name = "virtio-console",
	.id = UK_VIRTIO_ID_CONSOLE,
	.start = start,
};

static int init(void)
{
	return uk_virtio_register(&driver);
}
uk_bus_initcall(init);
