/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A network device as an interface of lwIP. A frame that came stays in the
 * buffers it came in until lwIP, and whoever it hands the data to, has done
 * with it. Nobody can hold so many that nothing moves any more:
 *  - data stays in a quarter of all buffers at most, then in copies that take
 *    half of lwIP's heap at most, then it is dropped, to be sent again: the
 *    other half is there for what is to be sent, without which an application
 *    that answers would never get rid of what it holds;
 *  - of each of the two, no connection gets all (share.c);
 *  - what carries no data (acknowledgements, ARP, ICMP) frees memory, and is
 *    looked at as long as the device has a part of the buffers left.
 * Devices have half of all to receive into, each its part (uk_netdev_rx_most).
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
/* Held by anything, of all buffers */
#define HELD_MOST (CONFIG_LIBUKNETDEV_BUFFERS * 3 / 8)

struct lwip_if lwip_ifs[UK_NETDEV_MAX];
unsigned int lwip_n_ifs;

/* The pbuf of each buffer, while lwIP has it. */
static struct frame {
	struct pbuf_custom p;
	struct uk_netbuf *buf;
	uint16_t share;
} frames[CONFIG_LIBUKNETDEV_BUFFERS];
static unsigned int n_held;

static void frame_free(struct pbuf *p)
{
	struct frame *f = uk_container_of(p, struct frame, p.pbuf);

	n_held--;
	lwip_share_give(f->share, SHARE_BUFFERS, 1);
	uk_netbuf_free(f->buf);
}

/* A copy of one, in lwIP's heap. */
struct copy {
	struct pbuf_custom p;
	uint16_t len;
	uint16_t share;
	uint8_t data[];
};
#define COPY_COST(len) ((uint32_t)sizeof(struct copy) + (len) + 32)

static void copy_free(struct pbuf *p)
{
	struct copy *c = uk_container_of(p, struct copy, p.pbuf);

	lwip_share_give(c->share, SHARE_COPIES, COPY_COST(c->len));
	mem_free(c);
}

static uint32_t length(const struct uk_netbuf *b, unsigned int *pieces)
{
	uint32_t len = 0;

	for (*pieces = 0; b; b = b->next, ++*pieces)
		len += b->len;
	return len;
}

static struct pbuf *copy(const struct uk_netbuf *b, uint16_t share,
			 uint32_t len)
{
	struct copy *c;
	uint8_t *to;

	if (len > UINT16_MAX ||
	    !lwip_share_take(share, SHARE_COPIES, COPY_COST(len)))
		return NULL;
	c = mem_malloc((mem_size_t)(sizeof(*c) + len));
	if (!c) {
		lwip_share_give(share, SHARE_COPIES, COPY_COST(len));
		return NULL;
	}
	c->p.custom_free_function = copy_free;
	c->len = (uint16_t)len;
	c->share = share;
	for (to = c->data; b; to += b->len, b = b->next)
		memcpy(to, uk_netbuf_data(b), b->len);
	return pbuf_alloced_custom(PBUF_RAW, c->len, PBUF_REF, &c->p, c->data,
				   c->len);
}

/* The buffers themselves. */
static struct pbuf *wrap(struct uk_netbuf *b, uint16_t share)
{
	struct pbuf *all = NULL, *p;
	struct uk_netbuf *next;
	struct frame *f;

	for (; b; b = next) {
		next = b->next;
		b->next = NULL;
		f = &frames[b->index];
		f->buf = b;
		f->share = share;
		f->p.custom_free_function = frame_free;
		n_held++;
		p = pbuf_alloced_custom(PBUF_RAW, b->len, PBUF_REF, &f->p,
					uk_netbuf_data(b), b->len);
		if (all)
			pbuf_cat(all, p);
		else
			all = p;
	}
	return all;
}

/* As a pbuf: the buffers themselves, or a copy. NULL: dropped; b is gone. */
static struct pbuf *accept(struct uk_netbuf *b)
{
	uint16_t share = lwip_share_of(uk_netbuf_data(b), b->len);
	unsigned int pieces;
	uint32_t len = length(b, &pieces);
	struct pbuf *p;

	if (n_held + pieces <= HELD_MOST &&
	    lwip_share_take(share, SHARE_BUFFERS, pieces))
		return wrap(b, share);
	p = copy(b, share, len);
	/* What is out of order goes first. */
	if (!p)
		lwip_table_drop_ooseq();
	uk_netbuf_free(b);
	return p;
}

/* TCP's and UDP's checksums are looked at unless this frame's are known. */
static void check_sums(struct netif *netif, bool known)
{
	const u16_t sums = NETIF_CHECKSUM_CHECK_UDP | NETIF_CHECKSUM_CHECK_TCP;
	u16_t flags = netif->chksum_flags;

	NETIF_SET_CHECKSUM_CTRL(netif, known ? flags & (u16_t)~sums
					     : flags | sums);
}

#if LWIP_NETIF_LOOPBACK
void lwip_if_loop(void)
{
	struct netif *netif;

	NETIF_FOREACH(netif) {
		check_sums(netif, true);
		netif_poll(netif);
		check_sums(netif, false);
	}
}
#endif

bool lwip_if_input(struct lwip_if *i)
{
	struct uk_netbuf *bufs[BUDGET];
	unsigned int n = i->dev->ops->rx(i->dev, bufs, BUDGET), k;
	struct pbuf *p;

	for (k = 0; k < n; k++) {
		check_sums(&i->netif, bufs[k]->checked);
		p = accept(bufs[k]);
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
	if (!b) {
		i->full = true;
		return ERR_MEM;
	}
	b->len = pbuf_copy_partial(p, uk_netbuf_data(b), p->tot_len, 0);
	rc = lwip_offload_send(i, b);
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
	NETIF_SET_CHECKSUM_CTRL(netif, i->dev->can & UK_NETDEV_SUM ?
		NETIF_CHECKSUM_ENABLE_ALL & (u16_t)~NETIF_CHECKSUM_GEN_TCP :
		NETIF_CHECKSUM_ENABLE_ALL);
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
