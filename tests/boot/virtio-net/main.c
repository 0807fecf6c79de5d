/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames out and in: asks QEMU's own host (10.0.2.2) for its Ethernet address,
 * often enough that every buffer and descriptor is used several times, and
 * looks at each answer. Without a card it says so.
 */
#include <stdio.h>
#include <string.h>
#include <uk/netdev.h>
#include <uk/plat.h>
#include <uk/time.h>

#define ROUNDS 300
#define BURST 8
#define LIMIT_NS (10 * UK_NSEC_PER_SEC)
#define ARP_LEN 42

static const uint8_t question[] = {
	0x08, 0x06,				/* ARP */
	0, 1, 8, 0, 6, 4, 0, 1,			/* Ethernet, IPv4, request */
};
static const uint8_t us[4] = { 10, 0, 2, 15 }, host[4] = { 10, 0, 2, 2 };

static int ask(struct uk_netdev *dev)
{
	struct uk_netbuf *b = uk_netbuf_alloc();
	uint8_t *p;
	int rc;

	if (!b)
		return -1;
	p = uk_netbuf_data(b);
	memset(p, 0, ARP_LEN);
	memset(p, 0xff, 6);
	memcpy(p + 6, dev->mac, 6);
	memcpy(p + 12, question, sizeof(question));
	memcpy(p + 22, dev->mac, 6);
	memcpy(p + 28, us, 4);
	memcpy(p + 38, host, 4);
	b->len = ARP_LEN;
	rc = dev->ops->tx(dev, b);
	if (rc)
		uk_netbuf_free(b);
	return rc;
}

static int is_answer(const struct uk_netdev *dev, const struct uk_netbuf *b)
{
	const uint8_t *p = uk_netbuf_data(b);

	return b->len >= ARP_LEN && !memcmp(p, dev->mac, 6) && p[12] == 8 &&
	       p[13] == 6 && p[21] == 2 && !memcmp(p + 28, host, 4) &&
	       !memcmp(p + 38, us, 4);
}

/* Send a burst, wait for as many answers. */
static int round_trip(struct uk_netdev *dev, uint64_t end)
{
	struct uk_netbuf *frames[BURST];
	unsigned int i, n, sent = 0, answers = 0;

	while (sent < BURST && ask(dev) == 0)
		sent++;
	dev->ops->tx_flush(dev);
	while (answers < sent && uk_time_ns() < end && !dev->stopped) {
		n = dev->ops->rx(dev, frames, BURST);
		for (i = 0; i < n; i++) {
			answers += is_answer(dev, frames[i]) != 0;
			uk_netbuf_free(frames[i]);
		}
		if (n == 0)
			uk_netdev_wait(end);
	}
	return answers == sent && sent > 0 ? 0 : -1;
}

int main(void)
{
	struct uk_netdev *dev = uk_netdev_get(0);
	uint64_t end = uk_time_ns() + LIMIT_NS;
	unsigned int i, free_before = 0;

	if (!dev) {
		puts("net: no card");
		return uk_netbuf_free_count() == uk_netbuf_count() ? 3 : 1;
	}
	for (i = 0; i < ROUNDS; i++) {
		if (round_trip(dev, end) != 0) {
			printf("failed: round %u%s\n", i,
			       dev->stopped ? ", device stopped" : "");
			return 1;
		}
		/* By then the card has what it receives into. */
		if (i == 0)
			free_before = uk_netbuf_free_count();
	}
	/* What was sent last may still be with the card. */
	if (free_before - uk_netbuf_free_count() > BURST) {
		printf("failed: %u buffers lost\n",
		       free_before - uk_netbuf_free_count());
		return 1;
	}
	printf("net: %u answers%s\n", ROUNDS * BURST,
	       dev->polled ? ", polled" : "");
	return 0;
}
