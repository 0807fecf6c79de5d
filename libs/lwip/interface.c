/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A network device as an interface of lwIP. A frame that came stays in the
 * buffer it came in until lwIP, and whoever it hands the data to, has done
 * with it. Nobody can hold so many that nothing moves any more:
 *  - data stays in a quarter of all buffers at most, then in copies that take
 *    half of lwIP's heap at most, then it is dropped, to be sent again: the
 *    other half is there for what is to be sent, without which an application
 *    that answers would never get rid of what it holds;
 *  - what carries no data (acknowledgements, ARP, ICMP) frees memory, and is
 *    looked at as long as the device has a part of the buffers left.
 * The device has half of all to receive into, less what is held (card.c).
 */
#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/mem.h>
#include <lwip/pbuf.h>
#include <lwip/prot/ethernet.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/tcp.h>
#include <netif/ethernet.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include "port.h"

#define BUDGET 32
/* Held by data, and by anything */
#define DATA_MOST (CONFIG_LIBUKNETDEV_BUFFERS / 4)
#define HELD_MOST (CONFIG_LIBUKNETDEV_BUFFERS * 3 / 8)
#define COPIES_MOST (MEM_SIZE / 2)	/* bytes */

#define ETHER_LEN 14u
#define TCP 6
#define UDP 17
#define IP6_FRAGMENT 44

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

/* A copy of one, in lwIP's heap. */
struct copy {
	struct pbuf_custom p;
	uint16_t len;
	uint8_t data[];
};
static size_t n_copied;

static void copy_free(struct pbuf *p)
{
	struct copy *c = uk_container_of(p, struct copy, p.pbuf);

	n_copied -= c->len;
	mem_free(c);
}

static struct pbuf *copy(const struct uk_netbuf *b)
{
	struct copy *c;

	if (n_copied + b->len > COPIES_MOST)
		return NULL;
	c = mem_malloc((mem_size_t)(sizeof(*c) + b->len));
	if (!c)
		return NULL;
	c->p.custom_free_function = copy_free;
	c->len = b->len;
	n_copied += c->len;
	memcpy(c->data, uk_netbuf_data(b), b->len);
	return pbuf_alloced_custom(PBUF_RAW, b->len, PBUF_REF, &c->p, c->data,
				   b->len);
}

static unsigned int be16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

/* Does the frame carry something that may be kept? Only a guess, made from
 * words that nobody has checked: it decides where the frame may lie. */
static bool has_data(const uint8_t *p, unsigned int len)
{
	unsigned int kind = be16(p + 12), head, total, proto;

	if (kind == ETHTYPE_IP && len >= ETHER_LEN + IP_HLEN) {
		head = ETHER_LEN + (p[14] & 15) * 4u;
		total = ETHER_LEN + be16(p + 16);
		proto = be16(p + 20) & 0x3fff ? IP6_FRAGMENT : p[23];
	} else if (kind == ETHTYPE_IPV6 && len >= ETHER_LEN + 40) {
		head = ETHER_LEN + 40;
		total = head + be16(p + 18);
		proto = p[20];
	} else {
		return false;
	}
	if (proto == TCP && len >= head + TCP_HLEN)
		return total > head + (p[head + 12] >> 4) * 4u;
	return proto == TCP || proto == UDP || proto == IP6_FRAGMENT;
}

/* As a pbuf: the buffer itself, or a copy. NULL: dropped; b is gone. */
static struct pbuf *wrap(struct uk_netbuf *b)
{
	struct frame *f = &frames[b->index];
	bool data = has_data(uk_netbuf_data(b), b->len);
	struct pbuf *p;

	if (n_held < (data ? DATA_MOST : HELD_MOST)) {
		f->buf = b;
		f->p.custom_free_function = frame_free;
		n_held++;
		return pbuf_alloced_custom(PBUF_RAW, b->len, PBUF_REF, &f->p,
					   uk_netbuf_data(b), b->len);
	}
	p = copy(b);
	/* What is out of order goes first. */
	if (!p)
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
