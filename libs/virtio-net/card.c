/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio network cards (virtio 1.2, section 5.1): queue 0 receives, queue 1
 * sends. What a card may leave to us is in wanted().
 */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/print.h>
#include "card.h"

#define CONFIG_MAC 0
#define CONFIG_MTU 10

void card_stop(struct card *c, const char *why)
{
	c->net.stopped = true;
	uk_virtio_stop(c->dev, why);
}

void card_check(struct card *c, const struct uk_virtq *q)
{
	if (unlikely(q->lie))
		card_stop(c, q->lie);
}

static void card_flush(struct uk_netdev *net)
{
	struct card *c = card_of(net);

	if (!net->stopped)
		uk_virtio_tell(c->dev, TX, &c->tx);
}

/* Frames that went out are taken back when the next one goes, unless somebody
 * waits for room, or for buffers. */
static bool card_arm(struct uk_netdev *net)
{
	struct card *c = card_of(net);

	if (net->stopped)
		return false;
	if ((c->tx_full || uk_netbuf_free_count() == 0) &&
	    uk_virtq_arm(&c->tx)) {
		card_reap(c);
		return true;
	}
	return uk_virtq_arm(&c->rx);
}

static const struct uk_netdev_ops ops = {
	.tx = card_tx,
	.tx_flush = card_flush,
	.rx = card_rx,
	.arm = card_arm,
};

static void rx_event(void *arg)
{
	struct card *c = arg;

	uk_virtq_disarm(&c->rx);
	uk_netdev_event(&c->net);
}

static void tx_event(void *arg)
{
	struct card *c = arg;

	uk_virtq_disarm(&c->tx);
	uk_netdev_event(&c->net);
}

static uint64_t wanted(void)
{
	uint64_t f = F_MAC | F_MTU | F_MRG_RXBUF;

#ifdef CONFIG_LIBUKNETDEV_OFFLOAD
	f |= F_CSUM | F_HOST_TSO4 | F_HOST_TSO6;
#endif
#ifdef CONFIG_LIBUKVIRTIO_NET_RX_OFFLOAD
	f |= F_GUEST_CSUM | F_GUEST_TSO4 | F_GUEST_TSO6;
#endif
	return f;
}

/* Segments can be cut by who computes checksums, and large frames be taken by
 * who has room for them. */
static uint64_t trim(uint64_t f)
{
	if (!(f & F_CSUM))
		f &= ~(F_HOST_TSO4 | F_HOST_TSO6);
	if (!(f & F_GUEST_CSUM) || !(f & F_MRG_RXBUF))
		f &= ~(F_GUEST_TSO4 | F_GUEST_TSO6);
	return f;
}

/* Address and size. One that says neither works with the usual size, but has
 * to have an address. */
static int identify(struct card *c)
{
	struct uk_virtio_dev *dev = c->dev;
	const uint64_t large = F_GUEST_TSO4 | F_GUEST_TSO6;
	uint32_t mtu = UK_NETDEV_MTU;

	if (!(dev->features & F_MAC) ||
	    uk_virtio_config_bytes(dev, CONFIG_MAC, c->net.mac,
				   sizeof(c->net.mac)) != 0) {
		uk_virtio_stop(dev, "the card has no address");
		return -EIO;
	}
	if (dev->features & F_MTU)
		mtu = uk_virtio_config(dev, CONFIG_MTU, 2);
	c->net.mtu = (uint16_t)UK_MIN(mtu, (uint32_t)UK_NETDEV_MTU);
	c->rx_most = ETHER_LEN + (dev->features & large ? UINT16_MAX
							: c->net.mtu);
	return 0;
}

static void abilities(struct card *c)
{
	uint64_t f = c->dev->features;

	c->net.pieces = c->tx.size < TX_PIECES ? 1 : TX_PIECES;
	c->net.can = f & F_CSUM ? UK_NETDEV_SUM : 0;
	if (c->net.pieces == 1)
		return;
	c->net.can |= (f & F_HOST_TSO4 ? UK_NETDEV_TSO4 : 0) |
		      (f & F_HOST_TSO6 ? UK_NETDEV_TSO6 : 0);
}

static int queues(struct card *c)
{
	uint16_t pieces = c->dev->features & (F_HOST_TSO4 | F_HOST_TSO6)
				  ? TX_PIECES : 0;
	int rx, tx;

	rx = uk_virtio_queue(c->dev, RX, CONFIG_LIBUKVIRTIO_NET_QUEUE, 0,
			     &c->rx, rx_event, c);
	if (rx < 0)
		return rx;
	tx = uk_virtio_queue(c->dev, TX, CONFIG_LIBUKVIRTIO_NET_QUEUE, pieces,
			     &c->tx, tx_event, c);
	if (tx < 0)
		return tx;
	c->net.polled = rx || tx;
	abilities(c);
	return 0;
}

static int start(struct uk_virtio_dev *dev)
{
	struct card *c = uk_calloc(NULL, 1, sizeof(*c));
	int rc;

	if (!c || uk_netbuf_count() == 0) {
		uk_free(NULL, c);
		return -ENOMEM;
	}
	c->dev = dev;
	c->net.ops = &ops;
	c->net.name = dev->name;
	rc = uk_virtio_begin(dev, wanted(), trim);
	if (rc == 0)
		rc = identify(c);
	if (rc) {
		uk_free(NULL, c);
		return rc;
	}
	/* From here on interrupts may know of c: it stays. */
	rc = queues(c);
	if (rc == 0)
		rc = uk_virtio_go(dev);
	if (rc == 0)
		rc = uk_netdev_register(&c->net);
	if (rc)
		return rc;
	/* It gets its first buffers when it is first asked for frames. */
	uk_pr_info("%02x:%02x:%02x:%02x:%02x:%02x, %u+%u descriptors"
		   "%s%s%s\n",
		   c->net.mac[0], c->net.mac[1], c->net.mac[2], c->net.mac[3],
		   c->net.mac[4], c->net.mac[5], c->rx.size, c->tx.size,
		   c->rx.form.packed ? ", packed" : "",
		   c->net.can & UK_NETDEV_TSO4 ? ", cuts segments" : "",
		   c->net.polled ? ", polled" : "");
	return 0;
}

static const struct uk_virtio_driver driver = {
	.name = "virtio-net",
	.id = UK_VIRTIO_ID_NET,
	.start = start,
};

static int init(void)
{
	return uk_virtio_register(&driver);
}
uk_bus_initcall(init);
