/* SPDX-License-Identifier: BSD-3-Clause */
/* A card of Xen's: memory for it, and what both ends say of themselves. */
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/vm.h>
#include "card.h"

void vif_stop(struct card *c, const char *why)
{
	if (!c->net.stopped)
		uk_pr_err("%s: %s: not used any more\n", c->dev.front, why);
	c->net.stopped = true;
}

static const struct uk_netdev_ops ops = {
	.tx = vif_tx,
	.tx_flush = vif_flush,
	.rx = vif_rx,
	.arm = vif_arm,
};

static void event(void *arg)
{
	struct card *c = arg;

	uk_netdev_event(&c->net);
}

/* Pages that the other end may read, and write. */
static void *share(struct card *c, size_t pages, bool write, uint32_t *refs)
{
	char *mem = uk_vm_alloc("xen-net", pages * UK_PAGE_SIZE,
				UK_MEM_R | UK_MEM_W, 0);
	size_t i;

	for (i = 0; mem && i < pages; i++)
		if (ukplat_xen_grant(c->dev.other,
				     uk_vm_phys(mem + i * UK_PAGE_SIZE), write,
				     &refs[i]))
			return NULL;
	return mem;
}

static int queue(struct card *c, struct queue *q, size_t size, bool write)
{
	const size_t in_page = UK_PAGE_SIZE / size;
	uint32_t refs[BUFFERS];
	unsigned int i;

	q->page = share(c, 1, true, &q->page_ref);
	q->mem = share(c, BUFFERS / in_page, write, refs);
	if (!q->page || !q->mem)
		return -ENOMEM;
	for (i = 0; i < BUFFERS; i++)
		q->ref[i] = refs[i / in_page];
	q->page->request_event = q->page->response_event = 1;
	return 0;
}

static int digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	return ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

static int identify(struct card *c)
{
	char path[UK_XENSTORE_MAX], mac[32];
	int i, hi, lo, rc;

	uk_snprintf(path, sizeof(path), "%s/mac", c->dev.front);
	rc = uk_xenstore_read(path, mac, sizeof(mac));
	if (rc != 17)
		return rc < 0 ? rc : -EINVAL;
	for (i = 0; i < 6; i++) {
		hi = digit(mac[3 * i]);
		lo = digit(mac[3 * i + 1]);
		if (hi < 0 || lo < 0 || (i < 5 && mac[3 * i + 2] != ':'))
			return -EINVAL;
		c->net.mac[i] = (uint8_t)(hi << 4 | lo);
	}
	c->net.mtu = UK_NETDEV_MTU;
	return 0;
}

static int tell(struct card *c, const char *name, uint32_t value)
{
	char path[UK_XENSTORE_MAX], text[16];

	uk_snprintf(path, sizeof(path), "%s/%s", c->dev.front, name);
	uk_snprintf(text, sizeof(text), "%u", value);
	return uk_xenstore_write(path, text);
}

static int connect(struct card *c)
{
	const struct {
		const char *name;
		uint32_t value;
	} facts[] = {
		{ "tx-ring-ref", c->tx.page_ref },
		{ "rx-ring-ref", c->rx.page_ref },
		{ "event-channel", c->port },
		{ "request-rx-copy", 1 },
		{ "feature-rx-notify", 1 },
		{ "feature-no-csum-offload", 1 },
	};
	unsigned int i;
	int rc = uk_xen_wait(&c->dev, UK_XEN_INIT_WAIT);

	for (i = 0; i < UK_ARRAY_SIZE(facts) && !rc; i++)
		rc = tell(c, facts[i].name, facts[i].value);
	if (!rc)
		rc = uk_xen_switch(&c->dev, UK_XEN_CONNECTED);
	return rc ? rc : uk_xen_wait(&c->dev, UK_XEN_CONNECTED);
}

static int start(const struct uk_xen_dev *dev)
{
	struct card *c = uk_calloc(NULL, 1, sizeof(*c));
	int rc;

	if (!c || uk_netbuf_count() == 0) {
		uk_free(NULL, c);
		return -ENOMEM;
	}
	c->dev = *dev;
	c->net.ops = &ops;
	c->net.name = "xen-net";
	c->net.pieces = UINT8_MAX;	/* each is copied */
	rc = identify(c);
	if (rc) {
		uk_free(NULL, c);
		return rc;
	}
	/* From here on the other end may know of c: it stays. */
	rc = queue(c, &c->tx, TX_SIZE, false);
	if (!rc)
		rc = queue(c, &c->rx, UK_PAGE_SIZE, true);
	if (!rc)
		rc = ukplat_xen_port(dev->other, &c->port);
	if (!rc)
		rc = ukplat_irq_register(c->port, event, c);
	if (rc)
		return rc;
	vif_refill(c);
	rc = connect(c);
	if (!rc)
		rc = uk_netdev_register(&c->net);
	if (!rc)
		uk_pr_info("%02x:%02x:%02x:%02x:%02x:%02x, %u+%u buffers\n",
			   c->net.mac[0], c->net.mac[1], c->net.mac[2],
			   c->net.mac[3], c->net.mac[4], c->net.mac[5],
			   BUFFERS, BUFFERS);
	return rc;
}

static const struct uk_xen_driver driver = {
	.kind = "vif",
	.start = start,
};

static int init(void)
{
	return uk_xen_register(&driver);
}
uk_bus_initcall(init);
