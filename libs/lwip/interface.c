/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A network device as an interface of lwIP. A frame that came stays in the
 * buffer it came in until lwIP has done with it; but half of what the devices
 * receive into is always theirs: who holds more gets copies, and where there
 * is no memory for these frames are dropped, so that whoever fills queues
 * (segments out of order, fragments, an application that does not read) never
 * silences a device.
 */
#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/init.h>
#include <lwip/pbuf.h>
#include <lwip/snmp.h>
#include <netif/ethernet.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include "port.h"

#define BUDGET 32
/* Devices receive into half of all buffers; half of these may be held. */
#define HELD_MOST (CONFIG_LIBUKNETDEV_BUFFERS / 4)

struct lwip_if lwip_ifs[UK_NETDEV_MAX];
unsigned int lwip_n_ifs;

/* The pbuf of each buffer, while lwIP has it. */
static struct frame {
	struct pbuf_custom p;
	struct uk_netbuf *buf;
} frames[CONFIG_LIBUKNETDEV_BUFFERS];
static unsigned int n_held;

static void frame_free(struct pbuf *p)
{
	struct frame *f = uk_container_of(p, struct frame, p.pbuf);

	n_held--;
	uk_netbuf_free(f->buf);
}

/* As a pbuf: the buffer itself, or a copy. NULL: dropped; b is gone. */
static struct pbuf *wrap(struct uk_netbuf *b)
{
	struct frame *f = &frames[b->index];
	struct pbuf *p;

	if (n_held < HELD_MOST) {
		f->buf = b;
		f->p.custom_free_function = frame_free;
		n_held++;
		return pbuf_alloced_custom(PBUF_RAW, b->len, PBUF_REF, &f->p,
					   uk_netbuf_data(b), b->len);
	}
	p = pbuf_alloc(PBUF_RAW, b->len, PBUF_RAM);
	if (p)
		memcpy(p->payload, uk_netbuf_data(b), b->len);
	else
		pbuf_free_ooseq();
	uk_netbuf_free(b);
	return p;
}

bool lwip_if_input(struct lwip_if *i)
{
	struct uk_netbuf *bufs[BUDGET];
	unsigned int n = i->dev->ops->rx(i->dev, bufs, BUDGET), k;
	struct pbuf *p;

	for (k = 0; k < n; k++) {
		p = wrap(bufs[k]);
		if (p && i->netif.input(p, &i->netif) != ERR_OK)
			pbuf_free(p);
	}
	return n == BUDGET;
}

static err_t output(struct netif *netif, struct pbuf *p)
{
	struct lwip_if *i = netif->state;
	struct uk_netbuf *b;
	int rc;

	if (p->tot_len > UK_NETBUF_SIZE - UK_NETBUF_HEADROOM)
		return ERR_BUF;
	b = uk_netbuf_alloc();
	if (!b)
		return ERR_MEM;
	b->len = pbuf_copy_partial(p, uk_netbuf_data(b), p->tot_len, 0);
	rc = i->dev->ops->tx(i->dev, b);
	if (rc == 0)
		return ERR_OK;
	uk_netbuf_free(b);
	i->full = rc == -EAGAIN;
	return rc == -EAGAIN ? ERR_MEM : ERR_IF;
}

static err_t init(struct netif *netif)
{
	struct lwip_if *i = netif->state;

	netif->name[0] = 'e';
	netif->name[1] = 'n';
	netif->hostname = "redoubt";
	netif->mtu = i->dev->mtu;
	netif->hwaddr_len = ETH_HWADDR_LEN;
	memcpy(netif->hwaddr, i->dev->mac, ETH_HWADDR_LEN);
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP |
		       NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP |
		       NETIF_FLAG_MLD6;
	netif->linkoutput = output;
	netif->output = etharp_output;
#if LWIP_IPV6
	netif->output_ip6 = ethip6_output;
#endif
	return ERR_OK;
}

int lwip_if_add(struct lwip_if *i, struct uk_netdev *dev)
{
	i->dev = dev;
	if (!netif_add_noaddr(&i->netif, i, init, ethernet_input))
		return -ENOMEM;
#if LWIP_IPV6
	netif_create_ip6_linklocal_address(&i->netif, 1);
	netif_set_ip6_autoconfig_enabled(&i->netif, 1);
#endif
	return 0;
}
