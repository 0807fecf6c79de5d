/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio network cards (virtio 1.2, section 5.1): queue 0 receives, queue 1
 * sends, a header of twelve bytes in front of every frame. Nothing is offered
 * that would let the card leave checksums or segmentation to us, so of a
 * header that it wrote nothing is used.
 */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/netdev.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/virtio.h>

#define RX 0
#define TX 1

#define F_MTU (1ull << 3)
#define F_MAC (1ull << 5)

#define CONFIG_MAC 0
#define CONFIG_MTU 10

#define HEADER_LEN 12u
#define ETHER_LEN 14u

struct card {
	struct uk_netdev net;
	struct uk_virtio_dev *dev;
	struct uk_virtq rx, tx;
	bool tx_full;
};

static struct card *card_of(struct uk_netdev *net)
{
	return uk_container_of(net, struct card, net);
}

/* A queue whose device lied ends the card. */
static void check(struct card *c, const struct uk_virtq *q)
{
	if (likely(!q->lie))
		return;
	c->net.stopped = true;
	uk_virtio_stop(c->dev, q->lie);
}

/* Give the card buffers to receive into, half of all at most. */
static void refill(struct card *c)
{
	struct uk_virtq_seg seg = { .len = UK_NETBUF_SIZE - UK_NETBUF_HEADROOM +
					   HEADER_LEN };
	struct uk_netbuf *b;

	while (c->rx.n_free > 0 &&
	       (unsigned int)(c->rx.size - c->rx.n_free) <
		       uk_netbuf_count() / 2) {
		b = uk_netbuf_alloc();
		if (!b)
			break;
		seg.pa = b->pa + b->start - HEADER_LEN;
		if (uk_virtq_put(&c->rx, &seg, 0, 1, b) != 0) {
			uk_netbuf_free(b);
			break;
		}
	}
	uk_virtio_tell(c->dev, RX, &c->rx);
}

static unsigned int card_rx(struct uk_netdev *net, struct uk_netbuf **frames,
			    unsigned int n)
{
	struct card *c = card_of(net);
	unsigned int got = 0;
	struct uk_netbuf *b;
	uint32_t len;

	if (net->stopped)
		return 0;
	while (got < n) {
		b = uk_virtq_get(&c->rx, &len);
		if (!b)
			break;
		if (len < HEADER_LEN + ETHER_LEN ||
		    len > HEADER_LEN + ETHER_LEN + net->mtu) {
			net->stats.rx_bad++;
			uk_netbuf_free(b);
			continue;
		}
		b->len = (uint16_t)(len - HEADER_LEN);
		net->stats.rx_frames++;
		net->stats.rx_bytes += b->len;
		frames[got++] = b;
	}
	check(c, &c->rx);
	if (!net->stopped)
		refill(c);
	return got;
}

/* Take back what was sent. */
static void reap(struct card *c)
{
	struct uk_netbuf *b;
	uint32_t len;

	while ((b = uk_virtq_get(&c->tx, &len)) != NULL) {
		c->tx_full = false;
		uk_netbuf_free(b);
	}
	check(c, &c->tx);
}

static int card_tx(struct uk_netdev *net, struct uk_netbuf *b)
{
	struct card *c = card_of(net);
	struct uk_virtq_seg seg = { .pa = b->pa + b->start - HEADER_LEN,
				    .len = b->len + HEADER_LEN };

	if (!net->stopped)
		reap(c);
	if (net->stopped)
		return -EIO;
	/* No checksum to be done, no segments. */
	memset(uk_netbuf_data(b) - HEADER_LEN, 0, HEADER_LEN);
	if (uk_virtq_put(&c->tx, &seg, 1, 0, b) != 0) {
		uk_virtio_tell(c->dev, TX, &c->tx);
		c->tx_full = true;
		net->stats.tx_full++;
		return -EAGAIN;
	}
	net->stats.tx_frames++;
	net->stats.tx_bytes += b->len;
	return 0;
}

static void card_flush(struct uk_netdev *net)
{
	struct card *c = card_of(net);

	if (!net->stopped)
		uk_virtio_tell(c->dev, TX, &c->tx);
}

/* Frames that went out are taken back when the next one goes, unless somebody
 * waits for room. */
static bool card_arm(struct uk_netdev *net)
{
	struct card *c = card_of(net);

	if (net->stopped)
		return false;
	if (c->tx_full && uk_virtq_arm(&c->tx)) {
		reap(c);
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

/* Address and size. One that says neither works with the usual size, but has
 * to have an address. */
static int identify(struct card *c)
{
	struct uk_virtio_dev *dev = c->dev;
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
	return 0;
}

static int queues(struct card *c)
{
	int rx, tx;

	rx = uk_virtio_queue(c->dev, RX, CONFIG_LIBUKVIRTIO_NET_QUEUE, 0,
			     &c->rx, rx_event, c);
	if (rx < 0)
		return rx;
	tx = uk_virtio_queue(c->dev, TX, CONFIG_LIBUKVIRTIO_NET_QUEUE, 0,
			     &c->tx, tx_event, c);
	if (tx < 0)
		return tx;
	c->net.polled = rx || tx;
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
	rc = uk_virtio_begin(dev, F_MAC | F_MTU);
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
	refill(c);
	uk_pr_info("%02x:%02x:%02x:%02x:%02x:%02x, %u+%u descriptors%s%s\n",
		   c->net.mac[0], c->net.mac[1], c->net.mac[2], c->net.mac[3],
		   c->net.mac[4], c->net.mac[5], c->rx.size, c->tx.size,
		   c->rx.form.packed ? ", packed" : "",
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
